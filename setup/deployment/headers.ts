import { policyOf } from '../../lib/route-policy';
import { securityHeaders } from '../../lib/security-headers.mjs';
import { findingsAbout } from '../doctor/found';
import type { Finding } from '../finding';
import type { Reply, Visit } from './visit';

const about = findingsAbout('Headers');
const letThrough = 'Let the proxy pass the app’s response headers through unchanged.';

/** These have rules of their own: the policy has a nonce, and a proxy may ask for longer https. */
const judgedApart = ['Content-Security-Policy', 'Strict-Transport-Security'];
const halfYearSeconds = 180 * 24 * 60 * 60;

function plainHeaderFindings({ headers }: Reply): Finding[] {
  const wanted = Object.entries(securityHeaders).filter(([name]) => !judgedApart.includes(name));
  const missing = wanted.filter(([name]) => !headers.has(name)).map(([name]) => name);
  const changed = wanted
    .filter(([name, value]) => headers.has(name) && headers.get(name) !== value)
    .map(([name]) => name);
  return [
    ...(missing.length > 0
      ? [about('headers_missing', 'fail', `Missing: ${missing.join(', ')}.`, letThrough)]
      : []),
    ...(changed.length > 0
      ? [
          about(
            'headers_changed',
            'warn',
            `Not as the app sends them: ${changed.join(', ')}.`,
            letThrough,
          ),
        ]
      : []),
  ];
}

function transportFindings({ headers }: Reply, origin: string): Finding[] {
  if (!origin.startsWith('https:')) return [];
  const maxAge = /(?:^|;)\s*max-age="?(\d+)/i.exec(headers.get('strict-transport-security') ?? '');
  if (Number(maxAge?.[1] ?? 0) >= halfYearSeconds) return [];
  const says = 'Strict-Transport-Security is missing, or shorter than half a year.';
  return [about('hsts_weak', 'fail', says, letThrough)];
}

/** The directives of each policy; browsers hold a page to all of them. */
function policiesOf({ headers }: Reply): Map<string, string>[] {
  return (headers.get('content-security-policy') ?? '').split(',').map((policy) => {
    const directives = policy.split(';').map((one) => one.trim().split(/\s+/));
    return new Map(
      directives.map(([name = '', ...sources]) => [name.toLowerCase(), sources.join(' ')]),
    );
  });
}

/** A nonce of 128 bits or more, in base64. */
const nonceOf = (script: string | undefined) => /'nonce-([\w+/-]{22,}=*)'/.exec(script ?? '')?.[1];

function policyFindings(first: Reply, second: Reply, isLocal: boolean): Finding[] {
  const policies = policiesOf(first);
  const scripts = policies
    .map((policy) => policy.get('script-src'))
    .filter((one) => one !== undefined);
  if (!first.headers.has('content-security-policy')) {
    const says = 'Pages have no Content-Security-Policy.';
    return [about('csp_missing', 'fail', says, letThrough)];
  }
  const found: Finding[] = [];
  const script = scripts.find((one) => nonceOf(one) !== undefined);
  const unsafe = scripts.every((one) => /'unsafe-inline'/.test(one));
  if (script === undefined || unsafe) {
    const says =
      'The Content-Security-Policy has no nonce: the gate does not run there, or a proxy put its own in place.';
    const next = 'See that the build has its middleware and that the platform runs it.';
    found.push(about('csp_without_nonce', 'fail', says, next));
  } else {
    const again = policiesOf(second).map((policy) => nonceOf(policy.get('script-src')));
    if (again.includes(nonceOf(script))) {
      const says = 'Two pages came with the same nonce: a cache keeps pages of the app.';
      const next = 'Switch caching off for everything but /_next/static/.';
      found.push(about('nonce_repeated', 'fail', says, next));
    }
    if (/'unsafe-eval'/.test(script)) {
      const says = 'It is a development server: its pages may evaluate code.';
      const next = 'Deploy what npm run build makes, and run it with npm start.';
      found.push(about('development_build', isLocal ? 'warn' : 'fail', says, next));
    }
  }
  if (!policies.some((policy) => policy.get('frame-ancestors') === "'none'")) {
    const says = 'The Content-Security-Policy lets other sites put pages into a frame.';
    found.push(about('csp_frames', 'fail', says, letThrough));
  }
  return found;
}

/** Whether a page comes with the headers that the app gives it. */
export async function headerFindings(visit: Visit, origin: string): Promise<Finding[]> {
  const path = policyOf('/') === 'public' ? '/' : '/auth/sign-in';
  const asPerson = { headers: { accept: 'text/html' } };
  const first = await visit(path, asPerson);
  if (first.status !== 200) {
    const says = `Could not tell: the page ${path} answers ${first.status}.`;
    return [about('page_unknown', 'fail', says, 'Look at the app’s log.')];
  }
  const second = await visit(path, asPerson);
  const isLocal = origin.startsWith('http:');
  const found = [
    ...plainHeaderFindings(first),
    ...transportFindings(first, origin),
    ...policyFindings(first, second, isLocal),
  ];
  if (found.length > 0) return found;
  return [about('headers_right', 'ok', 'Pages come with every security header.')];
}
