import { expect, test } from '@playwright/test';
import { createAuthority } from '../../lib/authority';
import { clouds } from '../../lib/clouds';
import type { Config } from '../../lib/config';
import { createProvider } from '../../lib/provider-metadata';
import { type Attempt, createTransport } from '../../lib/transport';
import { startEntra, VERIFIER, Visitor } from './entra-local/visitor';
import { outcomeOf, rules } from './id-token-builder';
import { authenticationWith, bySecret } from './provers';

type Entra = ReturnType<typeof startEntra>;

const contoso = '3f8e5c1a-92b7-4d06-a1c4-7e5d0b9f2a61';
const callbackOfAuthJs = 'http://localhost:3000/auth-js/callback/microsoft-entra-id';

/** The stand-in under the names of a cloud, and our transport before it. What goes to any other host
 * gets no answer. */
function playCloud(host: string, issuer: string, segment: string) {
  const originUrl = `https://${host}`;
  const entra: Entra = startEntra({ originUrl, cloud: { authorityUrl: originUrl, issuer } });
  const asked: string[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    asked.push(new URL(url).host);
    return entra.handle(new Request(url, init));
  };
  const { clientId, secrets } = entra.entra.registration;
  const [{ value: secret = '' } = {}] = secrets;
  const config: Config = {
    origin: 'http://localhost:3000',
    clientId,
    credential: { kind: 'secret', secret },
    ...rules,
    redisUrl: undefined,
    trustedProxyHops: 0,
    shutdownDelaySeconds: 0,
    authority: createAuthority(segment, undefined, host),
    secrets: [],
    demo: false,
  };
  const now = () => Math.floor(Date.now() / 1000);
  const attempt: Attempt = { nonce: 'n-1' };
  const provider = createProvider(config.authority, fetch, now, () => {});
  const { authenticate } = authenticationWith({ first: bySecret(secret) });
  const transport = createTransport(config, provider, fetch, now, attempt, authenticate);

  /** From the picker to the verified claims. */
  async function signIn() {
    const { authorizationEndpoint, tokenEndpoint } = await provider.metadata();
    expect(new URL(authorizationEndpoint).host).toBe(host);
    const visitor = new Visitor(entra);
    const answer = await visitor.signIn('ada@contoso.example', {}, segment);
    const code = answer.get('code') ?? '';
    const response = await transport(tokenEndpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${secret}`)}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        code_verifier: VERIFIER,
        redirect_uri: callbackOfAuthJs,
      }),
    });
    return { response, claims: attempt.claims };
  }
  return { signIn, provider, asked };
}

const played: [name: keyof typeof clouds, host: string, segments: string[]][] = [
  ['public', 'login.microsoftonline.com', [contoso, 'organizations', 'common']],
  ['usGovernment', 'login.microsoftonline.us', [contoso, 'organizations']],
  ['china', 'login.partner.microsoftonline.cn', [contoso, 'organizations']],
  ['external', 'woodgrove.ciamlogin.com', [contoso]],
];
for (const [name, host, segments] of played) {
  const { issuer } = clouds[name];
  for (const segment of segments) {
    test(`somebody signs in at ${host}/${segment}, and no other host hears of it`, async () => {
      const { signIn, asked } = playCloud(host, issuer, segment);
      const { response, claims } = await signIn();
      expect(response.status).toBe(200);
      expect(claims).toMatchObject({
        tid: contoso,
        iss: issuer.replaceAll('{tenantid}', contoso),
      });
      expect(new Set(asked)).toEqual(new Set([host]));
    });
  }

  for (const [otherName, otherHost] of played) {
    if (otherName === name) continue;
    test(`what answers as ${otherHost} with the issuer of ${host} signs nobody in`, async () => {
      const { provider } = playCloud(otherHost, issuer, contoso);
      expect(await outcomeOf(provider.metadata())).toBe('provider_unavailable issuer');
    });
  }
}
