import { parseTenantId } from './admin-consent';
import { parseReturnTo } from './return-to';

/** What each public page reads of its query. Next writes the whole query into the page's source,
 * so a visitor is sent on without the rest: a link must not put words there. */
const queries: Readonly<Record<string, (query: URLSearchParams) => URLSearchParams>> = {
  '/': () => new URLSearchParams(),
  '/auth/approve': (query) => {
    const tenant = parseTenantId(query.get('tenant'));
    return new URLSearchParams(tenant && { tenant });
  },
  '/auth/approve/result': () => new URLSearchParams(),
  '/auth/confirm': (query) => {
    const returnTo = parseReturnTo(query.get('returnTo'));
    return new URLSearchParams({
      returnTo,
      ...(query.get('recent') === 'yes' && { recent: 'yes' }),
      ...(query.get('form') === 'lost' && { form: 'lost' }),
    });
  },
  '/auth/denied': () => new URLSearchParams(),
  '/auth/error': (query) =>
    new URLSearchParams(query.get('cookies') === 'none' ? { cookies: 'none' } : ''),
  '/auth/sign-in': (query) => {
    const returnTo = parseReturnTo(query.get('returnTo'));
    return new URLSearchParams(returnTo === '/' ? '' : { returnTo });
  },
  '/auth/signed-out': (query) => {
    const everywhere = query.get('everywhere');
    if (everywhere === 'yes' || everywhere === 'later') return new URLSearchParams({ everywhere });
    return new URLSearchParams(
      query.get('microsoft') === 'unreachable' ? { microsoft: 'unreachable' } : '',
    );
  },
};

/** Whether a path is one of the public pages: they are only ever read. */
export function isPublicPage(pathname: string): boolean {
  return Object.hasOwn(queries, pathname);
}

/** The query with which a public page should have been asked for; undefined when it was. Both are
 * compared in one spelling, or two spellings of one query would redirect for ever. */
export function cleanQuery({ pathname, searchParams }: URL): string | undefined {
  const clean = queries[pathname]?.(searchParams).toString();
  if (clean === undefined || clean === searchParams.toString()) return undefined;
  return clean && `?${clean}`;
}
