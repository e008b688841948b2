import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { access } from '../../lib/access';
import type { Finding } from '../finding';
import { findingsAbout } from './found';

const gate = findingsAbout('Gate');
const extensions = ['ts', 'js', 'mts', 'mjs'];

/** What Next takes the gate from: a file of one of these two names beside the folder `app`.
 * @see https://nextjs.org/docs/messages/middleware-to-proxy */
function gateFiles(root: string): string[] {
  const folder = !existsSync(join(root, 'app')) && existsSync(join(root, 'src/app')) ? 'src/' : '';
  return ['middleware', 'proxy']
    .flatMap((name) => extensions.map((extension) => `${folder}${name}.${extension}`))
    .filter((file) => existsSync(join(root, file)));
}

/** The matcher, where it is one literal. Nothing is run: a file that is broken is read as well. */
function matcherIn(source: string): string | undefined {
  return /\bmatcher:\s*\[?\s*(['"`])((?:(?!\1)[^\\])*)\1\s*,?\s*\]?\s*[,}]/.exec(source)?.[2];
}

/** Whether the gate sees a path; undefined for a matcher that is not ours in another dress. */
function isMatched(matcher: string, path: string): boolean | undefined {
  const inner = /^\/\((\(\?![\w/$|.*\\-]*\)\.\*)\)$/.exec(matcher)?.[1];
  return inner === undefined ? undefined : new RegExp(`^/${inner}$`).test(path);
}

function matcherFindings(file: string, source: string): Finding[] {
  const next = "Take the matcher of the starter: '/((?!_next/static/|healthz$|readyz$).*)'";
  if (!/\bmatcher\s*:/.test(source)) {
    return [gate('gate_in_place', 'ok', `${file} is asked about every request.`)];
  }
  const matcher = matcherIn(source);
  const paths = Object.keys(access).filter((path) => !path.endsWith('*'));
  const seen = paths.map((path) => [path, matcher && isMatched(matcher, path)] as const);
  if (seen.some(([, matched]) => matched === undefined || matched === '')) {
    const says = `Could not tell which pages the matcher of ${file} covers.`;
    return [gate('matcher_unknown', 'warn', says, next)];
  }
  const unseen = seen
    .filter(([path, matched]) => !matched && !['/healthz', '/readyz'].includes(path))
    .map(([path]) => path);
  if (unseen.length === 0) {
    return [gate('gate_in_place', 'ok', `${file} is asked about every page.`)];
  }
  const says = `The matcher of ${file} leaves out ${unseen.join(', ')}.`;
  return [gate('matcher_skips_page', 'fail', says, next)];
}

/** Whether there is exactly one gate, and whether it sees every page of `lib/access.ts`. */
export function gateFindings(root: string): Finding[] {
  const [file, second] = gateFiles(root);
  if (!file) {
    const says = 'There is no middleware.ts: nobody is sent to sign in.';
    return [gate('gate_missing', 'fail', says, 'Bring middleware.ts back from the starter.')];
  }
  if (second) {
    const says = `There are ${file} and ${second}: Next builds with one of them only.`;
    return [gate('gate_twice', 'fail', says, `Delete ${second}.`)];
  }
  const source = readFileSync(join(root, file), 'utf8');
  return matcherFindings(file, source.replace(/^\s*(\/\/.*|\/\*[\s\S]*?\*\/)/gm, ''));
}
