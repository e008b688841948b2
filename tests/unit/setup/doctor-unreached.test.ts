import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { deploymentFindings } from '../../../setup/deployment/checks';
import { createCertificate } from '../../certificate';
import { type Deployment, origin, startDeployment } from './broken-deployment';

let deployment: Deployment;
test.beforeAll(async () => {
  deployment = await startDeployment();
});
test.afterAll(() => deployment.close());

const codesAt = async (at: string, ask = fetch as typeof deployment.fetch) =>
  (await deploymentFindings(at, ask)).map(({ code, status }) => `${code} ${status}`);

test('a port where nothing listens is named once', async () => {
  const closed = await startDeployment();
  await closed.close();
  expect(await codesAt(closed.url)).toEqual(['refused fail']);
});

test('https where http is spoken is named once', async () => {
  expect(await codesAt(deployment.url.replace('http:', 'https:'))).toEqual(['tls fail']);
});

test('a certificate that nobody vouches for is named once', async () => {
  const { certificate: cert, privateKey: key } = await createCertificate();
  const server = createServer({ cert, key }, (_, response) => response.end());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  expect(await codesAt(`https://127.0.0.1:${port}`)).toEqual(['tls_untrusted fail']);
  server.close();
});

const causes: [code: string, told: string][] = [
  ['ENOTFOUND', 'dns fail'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout fail'],
  ['CERT_HAS_EXPIRED', 'tls_expired fail'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls_other_name fail'],
  ['ECONNRESET', 'network fail'],
];
for (const [code, told] of causes) {
  test(`${code} is named once`, async () => {
    const cause = Object.assign(new Error(code), { code });
    const broken = () => Promise.reject(new TypeError('fetch failed', { cause }));
    expect(await codesAt(origin, broken)).toEqual([told]);
  });
}

test('a connection that breaks off after the app was known is named once', async () => {
  const broken: typeof deployment.fetch = (url, init) =>
    /\/(healthz|readyz)$/.test(url)
      ? deployment.fetch(url, init)
      : Promise.reject(new TypeError('fetch failed'));
  deployment.answer();
  expect(await codesAt(origin, broken)).toEqual([
    'reached ok',
    'ready ok',
    'network fail',
    'http_closed ok',
  ]);
});
