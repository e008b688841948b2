/** How lines of lib/access.ts are written. */

/** The line that speaks of a route: its own path, or `/docs/*` for `/docs/[id]`. */
export function lineOf(path: string): string {
  const parameter = path.indexOf('/[');
  return parameter < 0 ? path : `${path.slice(0, parameter)}/*`;
}

/** A path in the spelling in which every browser asks for it. @see https://url.spec.whatwg.org/ */
export function canonicalPath(path: string): string {
  const url = new URL('http://localhost');
  url.pathname = path; // `?` and `#` are part of it here
  return url.pathname;
}

const unreserved = /%(2D|2E|3\d|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE])/i;

/** Why a line would never meet the path that it means; undefined when it would. */
export function faultOf(line: string): string | undefined {
  const path = line.replace(/\/\*$/, '') || '/';
  if (!line.startsWith('/')) return 'it does not begin with a slash';
  if (/[[\]]/.test(line)) return `parameters are written as a wildcard: ${lineOf(line)}`;
  if (path.includes('*')) return 'a wildcard is /* at the end, and stands nowhere else';
  if (/[?#]/.test(path)) return 'a policy is for a path, without a query and a fragment';
  if (line.includes('//')) return 'Next takes empty parts out of every address';
  if (path !== '/' && path.endsWith('/')) return 'Next takes the last slash off every address';
  if (unreserved.test(path)) return 'browsers write the character itself where it has an escape';
  if (/%(?![0-9A-F]{2})/.test(path)) {
    return 'an escape is % and two digits, in capitals as browsers write it';
  }
  const asked = canonicalPath(path);
  return asked === path ? undefined : `browsers ask for ${asked}`;
}
