import { parseReturnTo } from './return-to';

/** What each public page reads of its query. Next writes the whole query into the page's source,
 * so a visitor is sent on without the rest: a link must not put words there. */
const queries: Readonly<Record<string, (query: URLSearchParams) => string>> = {
  '/': () => '',
  '/auth/denied': () => '',
  '/auth/error': () => '',
  '/auth/sign-in': (query) => {
    const returnTo = parseReturnTo(query.get('returnTo'));
    return returnTo === '/' ? '' : `?returnTo=${encodeURIComponent(returnTo)}`;
  },
  '/auth/signed-out': (query) =>
    query.get('microsoft') === 'unreachable' ? '?microsoft=unreachable' : '',
};

/** The query that a public page may see; undefined where the page may see all of it. React's own
 * requests carry one more, which is React's. */
export function pageQuery({ pathname, searchParams }: URL): string | undefined {
  if (!Object.hasOwn(queries, pathname) || searchParams.has('_rsc')) return undefined;
  return queries[pathname]?.(searchParams);
}
