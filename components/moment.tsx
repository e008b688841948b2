import type { Words } from '@/lib/words';

/** Made once per language: making one takes longer than using it. */
const formatsByLocale = new Map<string, ReturnType<typeof createFormats>>();

function createFormats(locale: string) {
  const unit = (name: 'minute' | 'hour') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' });
  return {
    relative: new Intl.RelativeTimeFormat(locale),
    absolute: new Intl.DateTimeFormat(locale, {
      dateStyle: 'long',
      timeStyle: 'short',
      timeZone: 'UTC',
    }),
    minutes: unit('minute'),
    hours: unit('hour'),
  };
}

function formatsOf(locale: string) {
  const formats = formatsByLocale.get(locale) ?? createFormats(locale);
  formatsByLocale.set(locale, formats);
  return formats;
}

function distance(seconds: number, { locale, moments }: Words): string {
  const { relative } = formatsOf(locale);
  const minutes = Math.round(seconds / 60);
  if (minutes === 0) return seconds <= 0 ? moments.justNow : moments.soon;
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  const parts =
    Math.abs(hours) < 48
      ? relative.formatToParts(hours, 'hour')
      : relative.formatToParts(Math.round(hours / 24), 'day');
  return parts
    .map(({ type, value }) => (type === 'integer' ? `${moments.about} ${value}` : value))
    .join('');
}

type MomentProps = { atSeconds: number; nowSeconds: number; words: Words };

/** A point in time. The distance comes first: the server does not know the reader's time zone. */
export function Moment({ atSeconds, nowSeconds, words }: MomentProps) {
  const date = new Date(atSeconds * 1000);
  const [first = '', ...rest] = distance(atSeconds - nowSeconds, words);
  return (
    <>
      {first.toLocaleUpperCase(words.locale) + rest.join('')}
      <time className="soft small detail" dateTime={date.toISOString()}>
        {formatsOf(words.locale).absolute.format(date)} UTC
      </time>
    </>
  );
}

/** A length of time in whole hours, or in minutes where it has none. */
export function durationInWords(seconds: number, locale: string): string {
  const { hours, minutes } = formatsOf(locale);
  return seconds % 3600 === 0 ? hours.format(seconds / 3600) : minutes.format(seconds / 60);
}
