import { expect, test } from '@playwright/test';
import { EXPIRED_CLIENT_SECRET } from '../../../entra-local/registration.mjs';
import { createAuthority } from '../../../lib/authority';
import { type Fetch, maxAnswerBytes } from '../../../lib/upstream';
import type { Connection } from '../../../setup/connection';
import type { Entra } from '../entra-local/visitor';
import {
  contoso,
  fabrikam,
  inBetween,
  NOBODY,
  NOBODY_ELSE,
  outcomeOf,
  type Place,
  personal,
  standIn,
  troublesOf,
  woodgrove,
} from './connecting';

const json = (body: object, status = 200): Fetch => {
  return async () => Response.json(body, { status });
};
const aadsts = (number: number, status = 400) =>
  json({ error: 'x', error_codes: [number] }, status);
const page = (text: string, status = 200): Fetch => {
  return async () => new Response(text, { status, headers: { 'content-type': 'text/html' } });
};
const sentTo = (location: string): Fetch => {
  return async () => new Response(null, { status: 302, headers: { location } });
};
const failing = (code: string): Fetch => {
  return async () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('secret'), { code }) });
  };
};

type Fault = {
  arrange?: (entra: Entra) => unknown;
  entered?: Partial<Connection>;
  /** Something in between that answers, and where. */
  at?: [place: Place, answer: Fetch];
  /** Every finding that is not good, in their order. */
  says: string[];
};
const secret = (value: string): Partial<Connection> => ({
  credential: { kind: 'secret', secret: value },
});

/** What a person enters, or has registered, wrongly: the stand-in’s own answers. */
const mistakes: Record<string, Fault> = {
  'a wrong secret': { entered: secret('not-the-secret'), says: ['fail secret_wrong'] },
  'an expired secret': { entered: secret(EXPIRED_CLIENT_SECRET), says: ['fail secret_expired'] },
  'an empty secret': { entered: secret(''), says: ['fail credential_missing'] },
  'an unknown client id': { entered: { clientId: NOBODY_ELSE }, says: ['fail app_not_found'] },
  'an app that is installed nowhere': {
    arrange: (entra) => entra.control.patchRegistration({ installedIn: [] }),
    says: ['warn not_consented', 'warn not_consented'],
  },
  'no consent in one of two tenants': {
    entered: { tenantIds: [contoso.id, woodgrove.id] },
    says: ['warn not_consented'],
  },
  'no consent in one tenant, and a wrong secret in the other': {
    entered: { tenantIds: [woodgrove.id, contoso.id], ...secret('not-the-secret') },
    says: ['fail secret_wrong', 'warn not_consented'],
  },
  'no tenant': { entered: { tenantIds: [] }, says: ['fail no_tenants'] },
  'one unknown tenant of two': {
    entered: { tenantIds: [contoso.id, NOBODY] },
    says: ['fail tenant_not_found'],
  },
  'an unknown tenant alone': {
    entered: { tenantIds: [NOBODY] },
    says: ['fail tenant_not_found'],
  },
  'two unknown tenants': {
    entered: { tenantIds: [NOBODY, contoso.id, NOBODY_ELSE] },
    says: ['fail tenant_not_found'],
  },
  'a redirect URI that is off by a slash': {
    entered: { redirectUri: 'http://localhost:3000/authorization-code/callback/' },
    says: ['fail redirect_uri_not_registered'],
  },
  'an app for one tenant and a list of two': {
    arrange: (entra) => entra.control.patchRegistration({ signInAudience: 'AzureADMyOrg' }),
    says: ['fail account_type'],
  },
  'an app for one tenant, at another one': {
    arrange: (entra) => entra.control.patchRegistration({ signInAudience: 'AzureADMyOrg' }),
    entered: { tenantIds: [fabrikam.id] },
    says: ['fail app_not_found'],
  },
  'personal accounts alone': {
    entered: { tenantIds: [personal.id] },
    says: ['warn credential_untested'],
  },
  'personal accounts alone, and an unknown client id': {
    entered: { tenantIds: [personal.id], clientId: NOBODY },
    says: ['warn credential_untested', 'fail app_not_found'],
  },
  'personal accounts, and an app for organisations': {
    arrange: (entra) => entra.control.patchRegistration({ signInAudience: 'AzureADMultipleOrgs' }),
    entered: { tenantIds: [personal.id] },
    says: ['warn credential_untested', 'fail account_type'],
  },
  'a disabled app': {
    arrange: (entra) => entra.control.inject({ on: 'token', aadsts: 7000112, times: 2 }),
    says: ['fail app_disabled'],
  },
  'Conditional Access': {
    arrange: (entra) => entra.control.inject({ on: 'token', aadsts: 53003, times: 2 }),
    says: ['warn blocked_by_policy'],
  },
  'a token answer without a token': {
    arrange: (entra) =>
      entra.control.inject({ on: 'token', json: { access_token: null }, times: 2 }),
    says: ['warn could_not_tell'],
  },
  'metadata of another issuer': {
    arrange: (entra) =>
      entra.control.inject({ on: 'discovery', json: { issuer: 'https://evil.example' }, times: 2 }),
    says: ['fail issuer_differs'],
  },
  'metadata of another tenant': {
    arrange: (entra) => {
      const issuer = `https://entra-local.invalid/${fabrikam.id}/v2.0`;
      entra.control.inject({ on: 'discovery', json: { issuer } });
    },
    entered: { tenantIds: [contoso.id] },
    says: ['fail issuer_differs'],
  },
  'metadata without a date': {
    arrange: (entra) => entra.control.inject({ on: 'discovery', headers: { date: '?' }, times: 2 }),
    says: ['warn clock_unknown'],
  },
};

/** Numbers of Microsoft’s that the stand-in has no way to. */
const numbers: Record<string, Fault> = {
  'security defaults': { at: ['token', aadsts(530035)], says: ['warn blocked_by_policy'] },
  'tenant restrictions': { at: ['token', aadsts(500021)], says: ['warn network_policy'] },
  'a public client': { at: ['token', aadsts(700025, 401)], says: ['fail public_client'] },
  'no credential, as reported': {
    at: ['token', aadsts(7000216)],
    says: ['fail credential_missing'],
  },
  'a number about certificates for a secret': {
    at: ['token', aadsts(700023)],
    says: ['warn could_not_tell'],
  },
  'a number that nobody has heard of': {
    at: ['token', aadsts(7654321)],
    says: ['warn could_not_tell'],
  },
  'an unknown number in a good answer’s place': {
    at: ['token', json({ access_token: '', error_codes: [7654321] })],
    says: ['warn could_not_tell'],
  },
  'a refusal without a number': {
    at: ['token', json({ error: 'invalid_client' }, 401)],
    says: ['warn could_not_tell'],
  },
  'a wrong secret in words alone': {
    at: ['token', json({ error_description: 'AADSTS7000215: Invalid client secret.' }, 401)],
    says: ['fail secret_wrong'],
  },
  'numbers that are none': {
    at: ['token', json({ error_codes: ['7000215', -1, 1e12, null] }, 400)],
    says: ['warn could_not_tell'],
  },
  'an unknown tenant at the token endpoint alone': {
    at: ['token', aadsts(90002)],
    says: ['fail tenant_not_found'],
  },
  'a tenant of another cloud': { at: ['discovery', aadsts(90038)], says: ['fail other_cloud'] },
  'a tenant that cannot be one': {
    at: ['discovery', aadsts(900023)],
    says: ['fail tenant_not_found'],
  },
  'metadata that are refused for a reason unknown': {
    at: ['discovery', json({ error: 'x' }, 404)],
    says: ['warn could_not_tell'],
  },
  'no reply address': {
    at: ['authorize', page('<p>AADSTS900971: No reply address provided.')],
    says: ['fail redirect_uri_not_registered'],
  },
  'an app that the probe alone does not find': {
    at: ['authorize', page('<p>AADSTS700016: Application …')],
    says: ['warn could_not_tell'],
  },
  'a tenant that the probe alone does not find': {
    at: ['authorize', page('<p>AADSTS90002: Tenant …')],
    says: ['warn could_not_tell'],
  },
};

const callback = 'http://localhost:3000/authorization-code/callback';
const probe = (answer: Fetch): Fault => ({
  at: ['authorize', answer],
  says: ['warn could_not_tell'],
});
const echo =
  (change: (answer: URLSearchParams) => void): Fetch =>
  async (url, init) => {
    const answer = new URLSearchParams({ error: 'login_required' });
    answer.set('state', new URL(url).searchParams.get('state') ?? '');
    change(answer);
    return sentTo(`${callback}?${answer}`)(url, init);
  };
/** What the probe must not take for a registered redirect URI. */
const probes: Record<string, Fault> = {
  'a page without a number': probe(page('<title>Sign in</title>')),
  'a page with a number unknown': probe(page('AADSTS7654321: …')),
  'a redirect to somewhere else': probe(sentTo('https://login.live.com/?error=login_required')),
  'a redirect to another path': probe(sentTo('http://localhost:3000/?error=login_required')),
  'a redirect without a target': probe(sentTo('')),
  'a redirect back without an error': probe(echo((answer) => answer.delete('error'))),
  'a redirect back of another request': probe(echo((answer) => answer.set('state', 'other'))),
  'a good answer that is no redirect': probe(json({})),
  'a proxy’s page for the probe alone': probe(page('<h1>Blocked</h1>', 403)),
  'an outage for the probe alone': {
    at: ['authorize', page('', 503)],
    says: ['warn provider_down'],
  },
};

const everywhere = (answer: Fetch, code: string): Fault => ({
  at: ['all', answer],
  says: [`fail ${code}`],
});
/** One finding for all five requests. */
const networks: Record<string, Fault> = {
  'no such name': everywhere(failing('ENOTFOUND'), 'dns'),
  'a resolver that is away': everywhere(failing('EAI_AGAIN'), 'dns'),
  'a closed port': everywhere(failing('ECONNREFUSED'), 'refused'),
  'a connection that times out': everywhere(failing('UND_ERR_CONNECT_TIMEOUT'), 'timeout'),
  'a route that times out': everywhere(failing('ETIMEDOUT'), 'timeout'),
  'a connection that is cut': everywhere(failing('ECONNRESET'), 'network'),
  'a failure without a name': everywhere(() => Promise.reject('down'), 'network'),
  'TLS interception': everywhere(failing('SELF_SIGNED_CERT_IN_CHAIN'), 'tls_untrusted'),
  'TLS interception, leaf alone': everywhere(
    failing('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
    'tls_untrusted',
  ),
  'TLS interception, issuer missing': everywhere(
    failing('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'),
    'tls_untrusted',
  ),
  'an expired certificate': everywhere(failing('CERT_HAS_EXPIRED'), 'tls_expired'),
  'a certificate of another name': everywhere(
    failing('ERR_TLS_CERT_ALTNAME_INVALID'),
    'tls_other_name',
  ),
  'no TLS at all': everywhere(failing('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls'),
  'a proxy that wants a password': everywhere(page('', 407), 'proxy_auth'),
  'a network that wants a sign-in': everywhere(page('<h1>Wi-Fi', 511), 'proxy_html'),
  'an outage': everywhere(json({}, 503), 'provider_down'),
  'too many requests': everywhere(json({}, 429), 'throttled'),
  'an answer without an end': everywhere(page(' '.repeat(maxAnswerBytes + 1)), 'oversize'),
  'a proxy that answers HTML': {
    at: ['all', page('<h1>Welcome</h1>')],
    says: ['fail proxy_html'],
  },
  'a proxy’s page without a type': {
    at: [
      'discovery',
      async () => new Response(' <!doctype html>', { headers: { 'content-type': '' } }),
    ],
    says: ['fail proxy_html'],
  },
  'a proxy that sends on': {
    at: ['all', sentTo('https://portal.example/')],
    says: ['fail proxy_redirect'],
  },
  'a redirect that cannot be read': {
    at: ['token', async () => Response.error()],
    says: ['fail proxy_redirect'],
  },
  'cut JSON': {
    at: ['discovery', async () => new Response('{"issuer":')],
    says: ['fail not_json'],
  },
  'a list in JSON': { at: ['token', async () => Response.json([])], says: ['fail not_json'] },
  'bytes that are no text': {
    at: ['token', async () => new Response(new Uint8Array([0x7b, 0xff, 0x7d]))],
    says: ['fail not_json'],
  },
  'a fault at the token endpoint alone': {
    at: ['token', failing('ECONNRESET')],
    says: ['fail network'],
  },
};

for (const [kind, faults] of Object.entries({ mistakes, numbers, probes, networks })) {
  test.describe(kind, () => {
    for (const [what, { arrange, entered, at, says }] of Object.entries(faults)) {
      test(`${what}: ${says.join(', ')}`, async () => {
        const entra = standIn();
        arrange?.(entra);
        const outcome = await outcomeOf(entra, entered, at && inBetween(entra, ...at));
        expect(troublesOf(outcome)).toEqual(says);
      });
    }
  });
}

test('a connection that is down is all that is said', async () => {
  const outcome = await outcomeOf(
    standIn(),
    { tenantIds: [contoso.id, fabrikam.id, woodgrove.id, personal.id] },
    failing('ENOTFOUND'),
  );
  expect(outcome.codes).toEqual(['fail dns']);
});

test('TLS interception is told what to do with the proxy’s certificate', async () => {
  const { findings } = await outcomeOf(standIn(), {}, failing('SELF_SIGNED_CERT_IN_CHAIN'));
  expect(findings[0]?.next).toContain('NODE_EXTRA_CA_CERTS');
});

test('a stand-in that is not running is told how to start, Microsoft is not', async () => {
  const nextAt = async (entered: Partial<Connection>) =>
    (await outcomeOf(standIn(), entered, failing('ECONNREFUSED'))).findings[0]?.next;
  expect(await nextAt({})).toContain('npm run dev');
  expect(await nextAt({ authority: createAuthority('organizations') })).toContain('firewall');
});

test('an unknown number is given with the page that explains it', async () => {
  const entra = standIn();
  const fetch = inBetween(entra, 'token', aadsts(7654321));
  const { findings } = await outcomeOf(entra, {}, fetch);
  expect(findings.find(({ code }) => code === 'could_not_tell')).toMatchObject({
    says: expect.stringContaining('AADSTS7654321'),
    link: 'https://login.microsoftonline.com/error?code=7654321',
  });
});

test('of several clocks the nearest counts', async () => {
  const entra = standIn();
  entra.control.inject({ on: 'discovery', headers: { date: new Date(0).toUTCString() } });
  expect(troublesOf(await outcomeOf(entra))).toEqual([]);
});

test('the token of a good answer is seen by nobody', async () => {
  const entra = standIn();
  const json = { access_token: 'a-token-that-came-back' };
  entra.control.inject({ on: 'token', json, times: 2 });
  expect(troublesOf(await outcomeOf(entra))).toEqual([]);
});

test('whoever never answers, and does not listen either, is given up after eight seconds', async () => {
  const { setTimeout: timer } = globalThis;
  const waits: (number | undefined)[] = [];
  globalThis.setTimeout = ((run: () => void, milliseconds?: number) => {
    waits.push(milliseconds);
    return timer(run, (milliseconds ?? 0) / 100);
  }) as typeof setTimeout;
  try {
    const outcome = await outcomeOf(standIn(), {}, () => new Promise(() => {}));
    expect(outcome.codes).toEqual(['fail timeout']);
  } finally {
    globalThis.setTimeout = timer;
  }
  expect(waits.filter((wait) => wait === 8000)).toHaveLength(5);
});

test('the findings come in the same order whatever answers first', async () => {
  const entra = standIn();
  const tenantIds = [woodgrove.id, contoso.id, NOBODY, fabrikam.id];
  const { findings } = await outcomeOf(entra, { tenantIds });
  let turn = 0;
  const shuffled: Fetch = async (url, init) => {
    await new Promise((resolve) => setTimeout(resolve, (turn++ * 7) % 5));
    return inBetween(entra, 'all', (...asked) => entra.handle(new Request(...asked)))(url, init);
  };
  expect((await outcomeOf(entra, { tenantIds }, shuffled)).findings).toEqual(findings);
});
