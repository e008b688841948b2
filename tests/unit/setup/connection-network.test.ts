import { expect, test } from '@playwright/test';
import { createAuthority } from '../../../lib/authority';
import { type Fetch, maxAnswerBytes } from '../../../lib/upstream';
import type { Connection } from '../../../setup/connection';
import {
  contoso,
  fabrikam,
  fetchFrom,
  NOBODY,
  outcomeOf,
  personal,
  standIn,
  woodgrove,
} from './connecting';
import { type Fault, failing, json, page, sentTo, testFaults } from './faults';

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

testFaults(networks);

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
    return fetchFrom(entra)(url, init);
  };
  expect((await outcomeOf(entra, { tenantIds }, shuffled)).findings).toEqual(findings);
});
