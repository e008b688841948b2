import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { freePort } from '../../scripts/free-port.mjs';
import { startApp } from '../app-server';
import { expect, test } from '../e2e/fixtures';
import { title } from './matrix';
import { expectDown, expectRefusedStart } from './outcomes';
import { closedNetwork } from './preload';
import { Robot } from './robot';

const microsoft = 'login.microsoftonline.com';
const day = 24 * 60 * 60 * 1000;

type Pair = { key: string; cert: string };

/** A certificate for `name`, by `authority` or by itself. */
async function certificateFor(name: string, authority?: Pair, dayFrom = -1): Promise<Pair> {
  const notBeforeDate = new Date(Date.now() + dayFrom * day);
  const notAfterDate = new Date(notBeforeDate.getTime() + 30 * day);
  const made = await generate([{ name: 'commonName', value: name }], {
    algorithm: 'sha256',
    notBeforeDate,
    notAfterDate,
    extensions: authority
      ? [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }]
      : [
          { name: 'basicConstraints', cA: name !== microsoft, critical: true },
          { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
        ],
    ...(authority && { ca: authority }),
  });
  return { key: made.private, cert: made.cert };
}

/** Microsoft's metadata as this app would get it, on our own server with a name of Microsoft's. */
const metadata = JSON.stringify({
  issuer: `https://${microsoft}/{tenantid}/v2.0`,
  authorization_endpoint: `https://${microsoft}/organizations/oauth2/v2.0/authorize`,
  token_endpoint: `https://${microsoft}/organizations/oauth2/v2.0/token`,
  end_session_endpoint: `https://${microsoft}/organizations/oauth2/v2.0/logout`,
  jwks_uri: `https://${microsoft}/organizations/discovery/v2.0/keys`,
});

test(title('PO-11'), async ({ stack, entra }, info) => {
  const trusted = await certificateFor('Authority of this test');
  const stranger = await certificateFor('Authority of nobody');
  const right = await certificateFor(microsoft, trusted);
  const expired = await certificateFor(microsoft, trusted, -60);
  const received: string[] = [];
  const server = createServer(right, (request, response) => {
    received.push(`${request.method} ${request.url}`);
    response.setHeader('content-type', 'application/json').end(metadata);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const network = closedNetwork();
  const authorityFile = info.outputPath('authority.crt');
  writeFileSync(authorityFile, trusted.cert);
  const { ENTRA_LOCAL_URL: _, ...settings } = stack.env;
  const env = { ...settings, ...network.env, NODE_EXTRA_CA_CERTS: authorityFile };
  const app = await startApp(env);
  const robot = new Robot({ entra, app });
  const found = (at: number) => network.write(JSON.stringify({ [microsoft]: at }));
  try {
    await test.step('a name that does not exist, and one where nobody answers', async () => {
      for (const [reason, at] of [['dns'], ['network', await freePort(17_000)]] as const) {
        network.write(JSON.stringify(at ? { [microsoft]: at } : {}));
        const answer = await robot.post('/auth/start', { returnTo: '/account' });
        await expectDown(robot, app, answer, { stage: 'metadata', reason });
      }
      expect(app.output()).toContain(`asked for ${microsoft}`);
    });

    await test.step('certificates that do not fit', async () => {
      const misfits: Pair[] = [
        expired,
        await certificateFor(microsoft, trusted, 5), // not valid yet
        await certificateFor('login.example.com', trusted),
        await certificateFor(`${microsoft}.evil.example`, trusted),
        await certificateFor(microsoft, stranger),
        await certificateFor(microsoft), // signed by itself
      ];
      found(port);
      for (const misfit of misfits) {
        server.setSecureContext(misfit);
        const answer = await robot.post('/auth/start', { returnTo: '/account' });
        await expectDown(robot, app, answer, { stage: 'metadata', reason: 'tls' });
      }
      found(entra.port); // speaks no TLS at all
      const answer = await robot.post('/auth/start', { returnTo: '/account' });
      await expectDown(robot, app, answer, { stage: 'metadata', reason: 'tls' });
      expect(received, 'not one request was sent').toEqual([]);
    });

    await test.step('the right certificate is accepted: the others were refused for their faults', async () => {
      found(port);
      server.setSecureContext(right);
      const request = await robot.start();
      expect(request.origin).toBe(`https://${microsoft}`);
      expect(received).toEqual(['GET /organizations/v2.0/.well-known/openid-configuration']);

      server.setSecureContext(expired);
      server.closeAllConnections();
      const state = request.searchParams.get('state') ?? '';
      const callback = `/authorization-code/callback?${new URLSearchParams({ code: 'x', state })}`;
      const answer = await robot.fetch(callback);
      await expectDown(robot, app, answer, { stage: 'token', reason: 'tls' });
      expect(received, 'no code and no secret was sent').toHaveLength(1);
    });

    await test.step('Node’s own switch does not open it', async () => {
      const refused = await startApp({ ...env, NODE_TLS_REJECT_UNAUTHORIZED: '0' });
      const variable = 'NODE_TLS_REJECT_UNAUTHORIZED';
      expectRefusedStart(refused, { variable, code: 'tls_unchecked' });
    });
  } finally {
    await app.stop();
    server.closeAllConnections();
    server.close();
    network.remove();
  }
});
