import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { startApp } from '../app-server';
import { closedNetwork } from '../attack/preload';
import { expect, test } from './fixtures';

const host = 'login.microsoftonline.us';
const authority = `https://${host}`;
const contoso = '3f8e5c1a-92b7-4d06-a1c4-7e5d0b9f2a61';
const env = {
  AZURE_CLIENT_ID: '7d9f1c3e-5a2b-4e68-b0d4-2f6a8c1e3b57',
  AZURE_CLIENT_SECRET: 'abcDEF123~ghiJKL456.mnoPQR789_st',
  AZURE_VALID_TENANT_IDS: contoso,
  AUTH_SECRET: 'Zq8mK2xT5vR1nW7pL4cY9dH3gJ6fB0sA',
};

/** The metadata of one tenant of US Government, on a server of ours with the name of Microsoft's. */
const metadata = JSON.stringify({
  issuer: `${authority}/${contoso}/v2.0`,
  authorization_endpoint: `${authority}/${contoso}/oauth2/v2.0/authorize`,
  token_endpoint: `${authority}/${contoso}/oauth2/v2.0/token`,
  end_session_endpoint: `${authority}/${contoso}/oauth2/v2.0/logout`,
  jwks_uri: `${authority}/${contoso}/discovery/v2.0/keys`,
});

test('an app of US Government knows no other host', async ({ browserName: _ }, info) => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: host }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
    ],
  });
  const server = createServer({ key, cert }, (_request, response) => {
    response.setHeader('content-type', 'application/json').end(metadata);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const network = closedNetwork();
  network.write(JSON.stringify({ [host]: (server.address() as AddressInfo).port }));
  const NODE_EXTRA_CA_CERTS = info.outputPath('authority.crt');
  writeFileSync(NODE_EXTRA_CA_CERTS, cert);
  // As Azure Kubernetes Service writes it, with a slash at the end.
  const cloud = { AZURE_AUTHORITY_HOST: `${authority}/` };
  const app = await startApp({ ...env, ...cloud, ...network.env, NODE_EXTRA_CA_CERTS });
  const press = (path: string) =>
    fetch(app.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: app.url,
        'sec-fetch-site': 'same-origin',
      },
      body: 'returnTo=%2F',
    });
  const policyOf = async (path: string) =>
    (await fetch(app.url + path)).headers.get('content-security-policy') ?? '';
  try {
    const started = new URL((await press('/auth/start')).headers.get('location') ?? '');
    expect(started.origin + started.pathname).toBe(`${authority}/${contoso}/oauth2/v2.0/authorize`);
    const approval = new URL((await press('/auth/approve/start')).headers.get('location') ?? '');
    expect(approval.origin + approval.pathname).toBe(`${authority}/${contoso}/v2.0/adminconsent`);
    const pages = await policyOf('/auth/sign-in');
    expect(pages).toContain(`form-action 'self' ${app.url} ${authority} https:;`);
    const frame = await policyOf('/authorization-code/front-channel-logout?sid=x');
    expect(frame).toBe(`default-src 'none'; frame-ancestors ${authority}`);
    for (const policy of [pages, frame]) expect(policy).not.toContain('microsoftonline.com');
    expect(app.events('app.started')[0]?.authority).toBe(`${authority}/${contoso}`);
    const asked = app.output().match(/asked for \S+/g) ?? [];
    expect(new Set(asked)).toEqual(new Set([`asked for ${host}`]));
  } finally {
    await app.stop();
    network.remove();
    server.close();
  }
});

const refused: [changes: Record<string, string>, sentence: string][] = [
  [
    { AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.com.evil.example' },
    'AZURE_AUTHORITY_HOST is not a host that people can sign in at. It must be login.microsoftonline.com, ',
  ],
  [
    {
      AZURE_AUTHORITY_HOST: host,
      AZURE_VALID_TENANT_IDS: `${contoso},9188040d-6c67-4c5b-b112-36a304b66dad`,
    },
    'AZURE_VALID_TENANT_IDS lists personal Microsoft accounts (9188040d-6c67-4c5b-b112-36a304b66dad), which are in the worldwide cloud alone.',
  ],
  [
    { AUTH_URL: 'http://app.example.com' },
    'AUTH_URL must start with https:// (http is for localhost only).',
  ],
  [
    { AUTH_URL: 'https://app.example.com/app' },
    'AUTH_URL must be an origin alone: scheme, host and port, no path.',
  ],
];
for (const [changes, sentence] of refused) {
  test(`no app starts with ${Object.entries(changes)
    .map((one) => one.join('='))
    .join(' and ')}`, async () => {
    const app = await startApp({ ...env, ...changes });
    expect(app.process.exitCode).toBe(1);
    expect(app.output()).toContain(sentence);
    expect(app.events('app.started')).toEqual([]);
  });
}
