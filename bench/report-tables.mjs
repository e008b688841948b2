/** The tables of docs/benchmarks.md. */
import { keyOf } from './cpu.mjs';
import { median } from './statistics.mjs';

/** @typedef {import('./compare.mjs').Comparison} Comparison */

export const round = (/** @type {number | undefined} */ value, digits = 2) =>
  value === undefined || Number.isNaN(value) ? '' : value.toFixed(digits);
export const thousands = (/** @type {number | undefined} */ value) =>
  value === undefined ? '' : Math.round(value).toLocaleString('en');

/** @param {string[]} head @param {(string | number)[][]} rows */
export const table = (head, rows) =>
  [head, head.map((_, at) => (at === 0 ? '---' : '---:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

/** @param {Comparison} comparison */
export function cpuTable({ taking, figures }) {
  /** @param {string} name @param {'json' | 'page'} place @param {number} [atATime] */
  const of = (name, place, atATime = 16) =>
    figures.get(keyOf(name, { place, kind: 'good', atATime }));
  return table(
    [
      '',
      'route ÷ twin',
      'page ÷ twin',
      'added ms, route',
      'added ms, page',
      '±, route / page',
      'added at 1 / 64, route',
      'added at 1 / 64, page',
    ],
    taking.map(({ name, title }) => [
      title,
      ...[of(name, 'json')?.toTwin, of(name, 'page')?.toTwin].map((value) => round(value)),
      ...[of(name, 'json')?.addedMs, of(name, 'page')?.addedMs].map((value) => round(value)),
      `${round((of(name, 'json')?.margin ?? 0) * 100, 0)} / ${round((of(name, 'page')?.margin ?? 0) * 100, 0)} %`,
      `${round(of(name, 'json', 1)?.addedMs)} / ${round(of(name, 'json', 64)?.addedMs)}`,
      `${round(of(name, 'page', 1)?.addedMs)} / ${round(of(name, 'page', 64)?.addedMs)}`,
    ]),
  );
}

/** @param {Comparison} comparison */
export function refusedTable({ taking, figures }) {
  /** @param {string} name @param {'json' | 'page'} place @param {import('./cpu.mjs').Kind} kind */
  const of = (name, place, kind) =>
    round(figures.get(keyOf(name, { place, kind, atATime: 16 }))?.cpuMs);
  const kinds = /** @type {const} */ (['good', 'absent', 'forged', 'junk']);
  return table(
    [
      'CPU ms per request',
      ...['route', 'page'].flatMap((place) => kinds.map((kind) => `${place}, ${kind}`)),
    ],
    taking
      .filter(({ kind }) => kind === 'peer' || kind === 'ours')
      .map(({ name, title }) => [
        title,
        .../** @type {const} */ (['json', 'page']).flatMap((place) =>
          kinds.map((kind) => of(name, place, kind)),
        ),
      ]),
  );
}

/** @param {Comparison} comparison */
export function latencyTable({ taking, figures }) {
  const at = [1, 16, 64];
  const places = /** @type {const} */ (['json', 'page']);
  return table(
    [
      'p50 / p99 ms',
      ...places.flatMap((place) =>
        at.map((one) => `${place === 'json' ? 'route' : place}, ${one}`),
      ),
      'requests a second, route, 16',
    ],
    taking.map(({ name, title }) => [
      title,
      ...places.flatMap((place) =>
        at.map((atATime) => {
          const figure = figures.get(keyOf(name, { place, kind: 'good', atATime }));
          return `${round(figure?.p50, 1)} / ${round(figure?.p99, 1)}`;
        }),
      ),
      thousands(figures.get(keyOf(name, { place: 'json', kind: 'good', atATime: 16 }))?.perSecond),
    ]),
  );
}

/** @param {Comparison} comparison */
export function sizeTable({ taking, pages, memory, starts, builds }) {
  return table(
    [
      '',
      'cookie, bytes',
      'Set-Cookie per request, bytes',
      'JS of the sign-in page, gzip',
      'JS of the protected page, gzip',
      'memory, MB (live)',
      'start to first 200, ms',
      'build, s',
      'installed, MB (packages)',
    ],
    taking.map(({ name, title, build, twin }) => {
      const [page, ground, made] = [pages.get(name), pages.get(twin), builds.get(build)];
      /** @param {'signInScripts' | 'pageScripts'} of */
      const script = (of) =>
        page &&
        ground &&
        `${thousands(page[of].ever)} (+${thousands(page[of].ever - ground[of].ever)})`;
      const isLimit = !['peer', 'ours'].includes(
        taking.find((one) => one.name === name)?.kind ?? '',
      );
      return [
        title,
        ...(isLimit ? ['', ''] : [thousands(page?.cookieBytes), thousands(page?.setCookieBytes)]),
        ...[script('signInScripts') ?? '', script('pageScripts') ?? ''],
        `${round(memory.get(name)?.rssMb, 0)} (${round(memory.get(name)?.heapMb, 0)})`,
        round(median(starts.get(name) ?? []), 0),
        round(made?.buildSeconds, 1),
        `${round(made?.installedMb, 0)} (${made?.packages ?? ''})`,
      ];
    }),
  );
}

const signInTitles = {
  floor: 'empty edge middleware: one request upstream, and the page',
  ours: 'this project',
  'next-auth': 'next-auth, stock',
};

/** @param {Comparison} comparison */
export function signInTable({ signIn }) {
  return table(
    [
      '',
      'click → provider, ms',
      'upstream requests',
      'callback → redirect, ms',
      'upstream requests',
      'one after the other',
      'callback → page, ms',
      '÷ one round trip',
    ],
    Object.entries(signIn).flatMap(([name, time]) =>
      time
        ? [
            [
              signInTitles[/** @type {'ours'} */ (name)],
              round(time.click.ms, 0),
              time.click.requests,
              round(time.callback.ms, 0),
              time.callback.requests,
              time.callback.roundTrips,
              round(time.toPageMs, 0),
              round(time.toPageMs / time.roundTripMs),
            ],
          ]
        : [],
    ),
  );
}

/** @param {Comparison} comparison */
export function profileTable({ profiles, taking }) {
  const columns = [...profiles].flatMap(([name, { json, page }]) => {
    const title = taking.find((one) => one.name === name)?.title ?? name;
    return [
      { head: `${title}, route`, shares: json },
      { head: `${title}, page`, shares: page },
    ];
  });
  const places = [...new Set(columns.flatMap(({ shares }) => Object.keys(shares)))];
  return table(
    ['ms per request', ...columns.map(({ head }) => head)],
    places.map((place) => [place, ...columns.map(({ shares }) => round(shares[place] ?? 0))]),
  );
}
