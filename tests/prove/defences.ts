import type { RowId } from '../attack/matrix';

/** Over 250 lines: one list, as long as there are defences.
 *
 * One defence of the product: the edit that switches it off in a copy, and the rows that must
 * notice. There is no switch in the product itself. */
export type Defence = {
  name: string;
  /** `find` must stand in the file exactly once; without it the whole file is deleted. */
  edits: readonly { file: string; find?: string; replace?: string }[];
  rows: readonly RowId[];
};

export const defences: readonly Defence[] = [
  {
    name: 'the signature check',
    edits: [
      {
        file: 'lib/id-token.ts',
        find: 'const { payload, key } = await verifySignature(jwt, keys);',
        replace: `const key = keys[0] as SigningKey;
  const payload = new Uint8Array(Buffer.from(jwt.split('.')[1] ?? '', 'base64url'));
  void verifySignature;`,
      },
    ],
    rows: ['TV-01'],
  },
  {
    name: 'the one algorithm',
    edits: [
      {
        file: 'lib/id-token.ts',
        find: "if (header.alg !== 'RS256') return refuse('bad_alg');",
        replace: '',
      },
    ],
    rows: ['TV-02', 'TV-03', 'TV-04'],
  },
  {
    name: 'the key’s own issuer',
    edits: [
      {
        file: 'lib/id-token.ts',
        find: "if (keyIssuer !== undefined && keyIssuer.toLowerCase() !== issuer) refuse('key_issuer');",
        replace: 'void keyIssuer;',
      },
    ],
    rows: ['TV-08'],
  },
  {
    name: 'the bond of issuer and tenant',
    edits: [
      {
        file: 'lib/id-token.ts',
        find: 'if (claims.iss.toLowerCase() !== issuer) {',
        replace: 'if (!claims.iss) {',
      },
    ],
    rows: ['TV-09', 'TV-10'],
  },
  {
    name: 'the audience',
    edits: [
      {
        file: 'lib/id-token.ts',
        find: "if (claims.aud !== expected.clientId) refuse('aud');",
        replace: '',
      },
    ],
    rows: ['TV-14'],
  },
  {
    name: 'the expiry',
    edits: [
      {
        file: 'lib/id-token.ts',
        find: "if (exp <= now - expirySkewSeconds) refuse('expired');",
        replace: 'void expirySkewSeconds;\n  void exp;',
      },
    ],
    rows: ['TV-17'],
  },
  {
    name: 'the nonce',
    edits: [
      {
        file: 'lib/id-token.ts',
        find: "if (claims.nonce !== expected.nonce) refuse('nonce');",
        replace: '',
      },
    ],
    rows: ['TV-20'],
  },
  {
    name: 'the limit on asking for unknown keys',
    edits: [
      {
        file: 'lib/provider-metadata.ts',
        find: 'if (asked && now() - asked.at < unknownKeySeconds) return asked.keys;',
        replace: 'void unknownKeySeconds;',
      },
    ],
    rows: ['TV-07'],
  },
  {
    name: 'the state',
    edits: [
      {
        file: 'lib/sign-in.ts',
        find: "const flowName = names.flow(await flowIdFromState(state ?? ''));",
        replace: `const flowName =
    [...cookies.keys()].find((name) => name.startsWith(names.flow(''))) ??
    names.flow(await flowIdFromState(state ?? ''));`,
      },
    ],
    rows: ['AR-01'],
  },
  {
    name: 'PKCE',
    edits: [
      {
        file: 'lib/auth-js.ts',
        find: "checks: ['pkce', 'state', 'nonce'],",
        replace: "checks: ['state', 'nonce'],",
      },
    ],
    rows: ['AR-04'],
  },
  {
    name: 'the 15 minutes of a sign-in',
    edits: [
      {
        file: 'lib/sign-in.ts',
        find: 'if (nowSeconds() - flow.startedAtSeconds > flowLifetimeSeconds) {',
        replace: 'if (flow.startedAtSeconds > nowSeconds() + flowLifetimeSeconds) {',
      },
    ],
    rows: ['AR-17'],
  },
  {
    name: 'the list of what a visitor may choose',
    edits: [
      {
        file: 'lib/sign-in.ts',
        find: 'const parameters = new URLSearchParams();',
        replace: 'const parameters = new URLSearchParams(form);',
      },
    ],
    rows: ['AR-16'],
  },
  {
    name: 'the tenant check at sign-in',
    edits: [
      {
        file: 'lib/judge-admission.ts',
        find: 'const entry = entryRefusal(config, identity);',
        replace:
          'const entry = entryRefusal({ ...config, tenantIds: new Set([identity.tenantId]) }, identity);',
      },
    ],
    rows: ['TC-01'],
  },
  {
    name: 'the tenant check at every request',
    edits: [
      {
        file: 'lib/gate.ts',
        find: 'const refusal = entryRefusal(config, session.identity);',
        replace: 'const refusal = false as boolean | ReturnType<typeof entryRefusal>;',
      },
    ],
    rows: ['TC-08'],
  },
  {
    name: 'the rule about guests',
    edits: [
      {
        file: 'lib/tenant-policy.ts',
        find: "if (isGuest && !(ruleOf(tenantId, rules).guests ?? config.allowGuests)) return 'guest';",
        replace: 'void isGuest;',
      },
    ],
    rows: ['TC-05'],
  },
  {
    name: 'the cap of the log',
    edits: [
      {
        file: 'lib/audit.ts',
        find: 'if (capped.has(event.event)) {',
        replace: "if (event.event === 'app.started') {",
      },
    ],
    rows: ['TC-10'],
  },
  {
    name: 'the absolute end of a session',
    edits: [
      {
        file: 'lib/session-token.ts',
        find: 'if (nowSeconds >= Math.min(wire.x, wire.a + sessionLifetimeSeconds)) {',
        replace: 'if (nowSeconds > wire.x + sessionLifetimeSeconds * 1000) {',
      },
    ],
    rows: ['SC-05'],
  },
  {
    name: 'the idle end of a session',
    edits: [
      {
        file: 'lib/session-token.ts',
        find: "if (nowSeconds >= wire.r + sessionIdleSeconds) return { ok: false, reason: 'idle' };",
        replace: '',
      },
    ],
    rows: ['SC-05'],
  },
  {
    name: 'a key for each purpose',
    edits: [{ file: 'lib/sealer.ts', find: '{purpose} $', replace: "{'one'} $" }],
    rows: ['SC-03'],
  },
  {
    name: 'the secure names of cookies',
    edits: [
      {
        file: 'lib/cookies.ts',
        find: "? '__Host-azure-auth'",
        replace: "? 'azure-auth'",
      },
    ],
    rows: ['SC-01'],
  },
  {
    name: 'the middleware',
    edits: [{ file: 'middleware.ts' }],
    rows: ['GB-01'],
  },
  {
    name: 'requireIdentity() in the page',
    edits: [
      {
        file: 'app/(signed-in)/account/page.tsx',
        find: `const identity = await requireIdentity(here);
  const session = await currentSession();
  if (!session) redirect('/');`,
        replace: `const identity = { ...nobody, ...(await currentSession())?.identity };
  const session = { ...timeless, ...(await currentSession()) };
  void here;`,
      },
      {
        file: 'app/(signed-in)/account/page.tsx',
        find: 'const tabs = [',
        replace: `const nobody = { tenantId: '0', objectId: '0', name: 'Nobody', email: undefined };
const timeless = { sessionId: '0', signedInAtSeconds: 0, expiresAtSeconds: 0 };
const tabs = [`,
      },
    ],
    rows: ['GB-10'],
  },
  {
    name: 'requireIdentity() in the action',
    edits: [
      {
        file: 'app/(signed-in)/account/page.tsx',
        find: `await requireIdentity('/account');
    const current = await currentSession();
    if (current) record({ event: 'example.action', sessionId: current.sessionId });`,
        replace: "record({ event: 'example.action', sessionId: 'of-nobody' });",
      },
    ],
    rows: ['GB-10'],
  },
  {
    name: 'requireIdentity() in the route handler',
    edits: [
      {
        file: 'app/api/me/route.ts',
        find: 'await requireIdentity(request);',
        replace:
          "{ tenantId: '0', objectId: '0', name: 'Nobody' };\n  void requireIdentity;\n  void request;",
      },
    ],
    rows: ['GB-10'],
  },
  {
    name: 'no-store on what the gate lets through',
    edits: [
      {
        file: 'middleware.ts',
        find: "response.headers.set('cache-control', noStore['cache-control']);\n    if (verdict.due)",
        replace:
          "response.headers.set('cache-control', 'public, s-maxage=60');\n    if (verdict.due)",
      },
    ],
    rows: ['GB-13'],
  },
  {
    name: 'the check of return paths',
    edits: [
      {
        file: 'lib/return-to.ts',
        find: "if (typeof value !== 'string' || value.length > maxReturnToLength) return '/';",
        replace:
          "if (typeof value === 'string') return value;\n  if (typeof value !== 'string') return '/';",
      },
    ],
    rows: ['RD-01'],
  },
  {
    name: 'the configured origin',
    edits: [
      {
        file: 'middleware.ts',
        find: '? await partFromSession(config, notice, verdict, nowSeconds)',
        replace: `? await partFromSession(
          { ...config, origin: 'http://' + request.headers.get('host') },
          notice,
          verdict,
          nowSeconds,
        )`,
      },
    ],
    rows: ['RD-04'],
  },
  {
    name: 'the stop after two lost sessions',
    edits: [
      {
        file: 'lib/sign-in.ts',
        find: 'if (isSessionLost(open, nowSeconds()) && !session) {',
        replace: 'if (isSessionLost([], nowSeconds()) && !session) {',
      },
    ],
    rows: ['RD-06'],
  },
  {
    name: 'the refusal of other sites’ posts',
    edits: [
      {
        file: 'lib/same-site.ts',
        find: "if (site && site !== 'same-origin') return false;",
        replace: 'if (request) return true;',
      },
    ],
    rows: ['LO-01'],
  },
  {
    name: 'the question whether a session was ended',
    edits: [{ file: 'lib/gate.ts', find: "if (hasEnded(session)) return { reason: 'revoked' };" }],
    rows: ['LO-04', 'LO-06'],
  },
  {
    name: 'the rule that only ids of sessions are kept',
    edits: [
      {
        file: 'lib/revocation-store.ts',
        find: "if (isKnown) await add({ key: revocationKey({ kind: 'sid', sid }), ...times });\n      else",
        replace:
          "if (isKnown !== undefined) await add({ key: revocationKey({ kind: 'sid', sid }), ...times });\n      else",
      },
    ],
    rows: ['LO-06'],
  },
  {
    name: 'the one site that may frame Microsoft’s sign-out',
    edits: [
      {
        file: 'lib/front-channel.ts',
        find: `; frame-ancestors \${originsOf(authority).join(' ')}`,
      },
    ],
    rows: ['LO-06'],
  },
  {
    name: 'the certainty that some routes ask for',
    edits: [
      {
        file: 'lib/judge-admission.ts',
        find: 'if (required.certain && !revocations.isCurrent()) {',
        replace: 'if (!revocations) {',
      },
    ],
    rows: ['PO-12'],
  },
  {
    name: 'the nonce of the policy',
    edits: [
      {
        file: 'lib/csp.ts',
        find: 'return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));',
        replace: "return 'AAAAAAAAAAAAAAAAAAAAAA==';",
      },
    ],
    rows: ['HD-02'],
  },
  {
    name: 'the rule against frames',
    edits: [
      { file: 'lib/csp.ts', find: `"frame-ancestors 'none'",`, replace: '' },
      { file: 'lib/security-headers.mjs', find: "; frame-ancestors 'none'", replace: '' },
      { file: 'lib/security-headers.mjs', find: "'X-Frame-Options': 'DENY',", replace: '' },
    ],
    rows: ['HD-05'],
  },
  {
    name: 'the size of an answer',
    edits: [
      {
        file: 'lib/upstream.ts',
        find: 'text = await readText(response.body, maxAnswerBytes);',
        replace: 'text = await readText(response.body, maxAnswerBytes * 1024);',
      },
    ],
    rows: ['PO-04'],
  },
  {
    name: 'the deadline of a request',
    edits: [
      {
        file: 'lib/upstream.ts',
        find: 'AbortSignal.timeout(upstreamDeadlineSeconds * 1000)',
        replace: 'AbortSignal.timeout(upstreamDeadlineSeconds * 100_000)',
      },
    ],
    rows: ['PO-02'],
  },
  {
    name: 'the host of the metadata’s endpoints',
    edits: [
      {
        file: 'lib/provider-metadata.ts',
        find: "if (!origins.includes(origin)) throw invalid('metadata', 'endpoint_host');",
        replace: 'void origins;\n    void origin;',
      },
    ],
    rows: ['PO-01'],
  },
  {
    name: 'not following redirects of Microsoft’s endpoints',
    edits: [
      {
        file: 'lib/upstream.ts',
        find: "redirect: 'manual'",
        replace: "redirect: 'follow'",
      },
    ],
    rows: ['PO-05'],
  },
  {
    name: 'the limit per client',
    edits: [
      {
        file: 'lib/rate-limit.ts',
        find: 'await apart.runInAsyncScope(() => limiterOf(endpoint).consume(client));',
        replace: 'void client;\n    void limiterOf;\n    void apart;',
      },
    ],
    rows: ['LD-02'],
  },
];
