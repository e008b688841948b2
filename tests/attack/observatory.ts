/** The arithmetic of MDN's HTTP Observatory for one response, from its published tables.
 * @see https://github.com/mdn/mdn-http-observatory/blob/main/src/grader/charts.js modifiers
 * @see https://github.com/mdn/mdn-http-observatory/blob/main/src/scanner/index.js the sum
 * Its tests of redirection and of the HSTS preload list ask the network and count 0 here, as they
 * do for a host that is reached over https alone and is not on the list. */

type Finding = { test: string; modifier: number };

const tooBroad = /^(ftp:|http:|https:|\*|https?:\/\/\*(\.\*)?)$/;

/** src/analyzer/tests/csp.js. Bonuses: no unsafe source +5, with `default-src 'none'` +10. */
function policyModifier(header: string | null): number {
  const policy = new Map<string, string[]>();
  for (const directive of (header ?? '').toLowerCase().split(';')) {
    const [name = '', ...sources] = directive.trim().split(/\s+/);
    if (policy.has(name)) return -25; // invalid
    if (name) policy.set(name, sources);
  }
  if (policy.size === 0) return -25;
  const fallback = policy.get('default-src') ?? ['*'];
  const from = (name: string) => policy.get(name) ?? fallback;
  const byNonce = (sources: string[]) => sources.some((one) => /^'(nonce|sha\d+)-/.test(one));
  const effective = (name: string) =>
    from(name).filter((one) => one !== "'unsafe-inline'" || !byNonce(from(name)));
  const [scripts, styles] = [effective('script-src'), effective('style-src')];
  const isUnsafe = (one: string) =>
    ["'unsafe-inline'", 'data:'].includes(one) || tooBroad.test(one);
  if (scripts.includes("'strict-dynamic'") && !byNonce(scripts)) return -25;
  if (scripts.some(isUnsafe) || from('object-src').some((one) => tooBroad.test(one))) return -20;
  const isInsecure = (one: string) => /^(http|ftp):/.test(one);
  const passive = ['img-src', 'media-src'];
  const active = [...policy].filter(([name]) => !passive.includes(name));
  if (active.some(([, sources]) => sources.some(isInsecure))) return -20;
  if ([...scripts, ...styles].includes("'unsafe-eval'")) return -10;
  if (passive.some((name) => from(name).some(isInsecure))) return -10;
  if (styles.some(isUnsafe)) return 0;
  return policy.get('default-src')?.join() === "'none'" ? 10 : 5;
}

/** src/analyzer/tests/cookies.js, for a site with HSTS. */
function cookiesModifier(lines: string[]): number {
  const each = lines.map((line) => {
    const [pair = '', ...attributes] = line.toLowerCase().split(/;\s*/);
    const isSession = /login|sess/.test(pair.split('=')[0] ?? '');
    const sameSite = attributes.find((one) => one.startsWith('samesite='))?.slice(9);
    if (isSession && !attributes.includes('httponly')) return -30;
    if (sameSite !== undefined && !['lax', 'strict', 'none'].includes(sameSite)) return -20;
    if (!attributes.includes('secure')) return sameSite === 'none' ? -20 : isSession ? -10 : -5;
    return sameSite === undefined ? 0 : 5;
  });
  return each.length === 0 ? 0 : Math.min(...each);
}

function referrerModifier(header: string | null): number {
  if (header === null) return 0;
  const isPrivate = /^(no-referrer|same-origin|strict-origin|strict-origin-when-cross-origin)$/;
  return isPrivate.test(header.split(',').at(-1)?.trim() ?? '') ? 5 : -5;
}

function hstsModifier(header: string | null): number {
  const seconds = /^max-age=(\d+)/.exec(header?.toLowerCase() ?? '')?.[1];
  if (seconds === undefined || header?.includes(',')) return -20;
  return Number(seconds) >= 15_552_000 ? 0 : -10; // six months of 30 days: MDN's own "white lie"
}

function framingModifier(headers: Headers): number {
  if (/frame-ancestors/.test(headers.get('content-security-policy') ?? '')) return 5;
  return /^(deny|sameorigin|allow-from .*)$/i.test(headers.get('x-frame-options') ?? '') ? 0 : -20;
}

function resourcePolicyModifier(header: string | null): number {
  if (header === null || header === 'cross-origin') return 0;
  return ['same-origin', 'same-site'].includes(header) ? 10 : -5;
}

/** Scripts of our own origin need no integrity (0); no page of ours may load another's (-5, -50). */
function scriptsModifier(html: string): number {
  const foreign = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"/g)]
    .map(([, source = '']) => source)
    .filter((source) => !/^\/(?!\/)/.test(source));
  if (foreign.length === 0) return 0;
  return foreign.every((source) => source.startsWith('https:')) ? -5 : -50;
}

/** Cross-origin readers: none +0, everyone without credentials +0, everyone with them -50. */
const sharingModifier = (headers: Headers) =>
  headers.has('access-control-allow-origin') && headers.has('access-control-allow-credentials')
    ? -50
    : 0;

/** The score of a response, and what cost it something. */
export function observatoryScore(headers: Headers, html = ''): { score: number; costs: string[] } {
  const get = (name: string) => headers.get(name);
  const findings: Finding[] = [
    { test: 'content-security-policy', modifier: policyModifier(get('content-security-policy')) },
    { test: 'cookies', modifier: cookiesModifier(headers.getSetCookie()) },
    { test: 'cross-origin-resource-sharing', modifier: sharingModifier(headers) },
    { test: 'referrer-policy', modifier: referrerModifier(get('referrer-policy')) },
    { test: 'strict-transport-security', modifier: hstsModifier(get('strict-transport-security')) },
    { test: 'subresource-integrity', modifier: scriptsModifier(html) },
    {
      test: 'x-content-type-options',
      modifier: get('x-content-type-options')?.toLowerCase() === 'nosniff' ? 0 : -5,
    },
    { test: 'x-frame-options', modifier: framingModifier(headers) },
    {
      test: 'cross-origin-resource-policy',
      modifier: resourcePolicyModifier(get('cross-origin-resource-policy')),
    },
  ];
  const sum = (some: Finding[]) => some.reduce((total, { modifier }) => total + modifier, 100);
  const costs = findings.filter(({ modifier }) => modifier < 0);
  // Bonuses count only where the penalties leave an A.
  const score = sum(costs) >= 90 ? sum(findings) : sum(costs);
  return { score, costs: costs.map(({ test, modifier }) => `${test} ${modifier}`) };
}
