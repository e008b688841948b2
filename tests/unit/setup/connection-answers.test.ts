import { expect, test } from '@playwright/test';
import type { Fetch } from '../../../lib/upstream';
import { CALLBACK } from '../entra-local/visitor';
import { inBetween, outcomeOf, standIn, troublesOf } from './connecting';
import { aadsts, type Fault, json, page, sentTo, testFaults } from './faults';

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

const probe = (answer: Fetch): Fault => ({
  at: ['authorize', answer],
  says: ['warn could_not_tell'],
});
const echo =
  (change: (answer: URLSearchParams) => void, to = CALLBACK, status = 302): Fetch =>
  async (url) => {
    const answer = new URLSearchParams({ error: 'login_required' });
    answer.set('state', new URL(url).searchParams.get('state') ?? '');
    change(answer);
    return new Response(null, { status, headers: { location: `${to}?${answer}` } });
  };
const nothing = () => {};
/** What the probe must not take for a registered redirect URI. */
const probes: Record<string, Fault> = {
  'a page without a number': probe(page('<title>Sign in</title>')),
  'a page with a number unknown': probe(page('AADSTS7654321: …')),
  'a redirect to somewhere else': probe(
    echo(nothing, 'https://login.live.com/authorization-code/callback'),
  ),
  'a redirect to another path': probe(echo(nothing, 'http://localhost:3000/')),
  'a redirect without a target': probe(sentTo('')),
  'a redirect back without an error': probe(echo((answer) => answer.delete('error'))),
  'a redirect back of another request': probe(echo((answer) => answer.set('state', 'other'))),
  'a good answer that is no redirect': probe(json({})),
  'a target without a redirect': probe(echo(nothing, CALLBACK, 200)),
  'a proxy’s page for the probe alone': probe(page('<h1>Blocked</h1>', 403)),
  'an outage for the probe alone': {
    at: ['authorize', page('', 503)],
    says: ['warn provider_down'],
  },
};

test('the probe takes the answer that the rows above change', async () => {
  const entra = standIn();
  expect(
    troublesOf(await outcomeOf(entra, {}, inBetween(entra, 'authorize', echo(nothing)))),
  ).toEqual([]);
});

testFaults({ ...numbers, ...probes });

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
