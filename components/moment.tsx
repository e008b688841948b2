const relative = new Intl.RelativeTimeFormat('en-GB');
const absolute = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
});

function distance(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes === 0) return seconds <= 0 ? 'just now' : 'in less than a minute';
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  const words =
    Math.abs(hours) < 48
      ? relative.format(hours, 'hour')
      : relative.format(Math.round(hours / 24), 'day');
  return `${minutes > 0 ? 'in ' : ''}about ${words.replace('in ', '')}`;
}

/** A point in time. The distance comes first: the server does not know the reader's time zone. */
export function Moment({ atSeconds, nowSeconds }: { atSeconds: number; nowSeconds: number }) {
  const date = new Date(atSeconds * 1000);
  const words = distance(atSeconds - nowSeconds);
  return (
    <>
      {words.charAt(0).toUpperCase() + words.slice(1)}
      <time className="soft small detail" dateTime={date.toISOString()}>
        {absolute.format(date)} UTC
      </time>
    </>
  );
}

const units = (unit: 'minute' | 'hour') =>
  new Intl.NumberFormat('en-GB', { style: 'unit', unit, unitDisplay: 'long' });
const [minutes, hours] = [units('minute'), units('hour')];

/** A length of time in whole hours, or in minutes where it has none. */
export function Duration({ seconds }: { seconds: number }) {
  return seconds % 3600 === 0 ? hours.format(seconds / 3600) : minutes.format(seconds / 60);
}
