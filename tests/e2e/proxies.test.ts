import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { listen } from '../../entra-local/serve.mjs';
import { howToInstall, missingServers } from '../../scripts/debian.mjs';
import { freePort } from '../../scripts/free-port.mjs';
import { runNginx } from '../../scripts/nginx.mjs';
import { type AppServer, startApp } from '../app-server';
import { Robot } from '../attack/robot';
import { send } from '../attack/wire';
import { createCertificate } from '../certificate';
import { environmentFor, type StandIn } from './fixtures';
import { deployedNginx, foreignNginx } from './nginx';

const missing = missingServers();
if (missing.includes('nginx')) console.error(`\n!! SKIPPED: ${howToInstall(['nginx'])}\n`);
test.skip(missing.includes('nginx') && !process.env.CI, howToInstall(['nginx']));

/** What stands before the app, by name; each is `proxy_pass` and what it says of the request. */
const others = {
  'a proxy before ours': [
    'proxy_pass https://OURS; proxy_set_header Host $http_host;',
    'proxy_set_header X-Forwarded-Host $http_host; proxy_set_header X-Forwarded-Proto https;',
    'proxy_set_header Forwarded "for=192.0.2.1;host=edge.example;proto=https";',
  ],
  'a proxy without X-Forwarded-Proto': [
    'proxy_pass http://APP; proxy_set_header Host $http_host;',
    'proxy_set_header X-Forwarded-Proto "";',
  ],
  'a proxy that calls the app by its inner name': ['proxy_pass http://APP;'],
  'a proxy that says http': [
    'proxy_pass http://APP; proxy_set_header X-Forwarded-Proto http;',
    'proxy_set_header X-Forwarded-Host inner.example:3000;',
  ],
  'proxies in a chain': [
    'proxy_pass http://APP; proxy_set_header Host inner.example;',
    'proxy_set_header X-Forwarded-Proto "https,http";',
    'proxy_set_header X-Forwarded-Host "$http_host, inner.example";',
    'proxy_set_header X-Forwarded-For "192.0.2.1, 127.0.0.1";',
    'proxy_set_header Forwarded "for=192.0.2.1;proto=https, for=127.0.0.1;host=inner.example;proto=http";',
  ],
};

let entra: StandIn;
let app: AppServer;
let origin: string;
let plainUrl: string;
let certificate: string;
/** Where each of them is reached. */
const places = new Map<string, string>();
const ours = 'the proxy of deploy/nginx.conf';
let close = async () => {};

test.beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'azure-auth-proxies-'));
  const ports: number[] = [];
  const first = 45_000 + (process.pid % 125) * 100;
  const names = Object.keys(others);
  while (ports.length < names.length + 2) ports.push(await freePort((ports.at(-1) ?? first) + 1));
  const [port = 0, plainPort = 0, ...rest] = ports;
  origin = `https://localhost:${port}`;
  plainUrl = `http://localhost:${plainPort}`;
  const made = await createCertificate();
  certificate = made.certificate;
  writeFileSync(join(folder, 'fullchain.pem'), made.certificate);
  writeFileSync(join(folder, 'privkey.pem'), made.privateKey);

  entra = await listen({ port: 0 });
  entra.control.patchRegistration({
    redirectUris: ['/authorization-code/callback', '/auth/signed-out'].map(
      (path) => `https://localhost${path}`,
    ),
  });
  app = await startApp({ ...environmentFor(entra), AUTH_URL: origin, HOSTNAME: '0.0.0.0' });
  const running: { stop: (signal?: NodeJS.Signals) => Promise<unknown> }[] = [app];
  close = async () => {
    await Promise.all(running.map((one) => one.stop('SIGKILL')));
    await entra.close();
    rmSync(folder, { recursive: true });
  };
  const appPort = Number(new URL(app.url).port);
  const proxies = Object.values(others).map((lines, index) => ({
    port: rest[index] ?? 0,
    lines: lines
      .join(' ')
      .replace('APP', `127.0.0.1:${appPort}`)
      .replace('OURS', `127.0.0.1:${port}`),
  }));
  const config = deployedNginx({ port, plainPort, appPort, folder, origin });
  // To who speaks plainly on a port for TLS nginx answers 400: it is there.
  running.push(await runNginx({ folder, config, url: `http://localhost:${port}/` }));
  const foreign = foreignNginx(folder, proxies);
  running.push(await runNginx({ folder, config: foreign, url: `http://localhost:${rest[0]}/` }));
  places.set(ours, origin);
  for (const [index, name] of names.entries()) {
    places.set(name, `https://localhost:${rest[index]}`);
  }
});
test.afterAll(() => close());

/** A browser that trusts the certificate of these proxies. */
class RobotBehindProxy extends Robot {
  protected override send(url: string | URL, init: RequestInit): Promise<Response> {
    const { protocol, origin: there, pathname, search } = new URL(url);
    if (protocol !== 'https:') return super.send(url, init);
    const headers = Object.fromEntries(new Headers(init.headers));
    const body = init.body ? String(init.body) : '';
    if (body) headers['content-type'] = 'application/x-www-form-urlencoded';
    const { method = 'GET' } = init;
    return send(there, pathname + search, { method, headers, body, certificate });
  }
}

function robotAt(place: string): Robot {
  const robot = new RobotBehindProxy({ entra, app }, origin);
  robot.reach = places.get(place) ?? '';
  return robot;
}

/** What a client may say of itself. */
const claims: Record<string, Record<string, string>> = {
  nothing: {},
  'a foreign Host': { host: 'evil.example' },
  'a foreign X-Forwarded-Host': {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'http',
    'x-forwarded-port': '1',
    forwarded: 'host=evil.example;proto=http',
  },
};

for (const place of [ours, ...Object.keys(others)]) {
  test(`behind ${place} every address and cookie follows AUTH_URL alone`, async () => {
    for (const [claim, headers] of Object.entries(claims)) {
      const robot = robotAt(place);
      const form = { method: 'POST', headers: { ...headers, origin }, body: 'returnTo=%2Faccount' };
      const document = { headers: { ...headers, 'sec-fetch-dest': 'document' } };
      const answers = {
        gate: await robot.open('/account?x=1', document),
        callback: await robot.open('/authorization-code/callback?code=a&state=b', document),
        late: await robot.open('/auth/start', document),
        signOut: await robot.fetch('/auth/sign-out', form),
        foreignForm: await robot.fetch('/auth/start', {
          ...{ ...form, headers: { ...headers, origin: 'https://evil.example' } },
        }),
      };
      for (const [step, answer] of Object.entries(answers)) {
        const location = answer.headers.get('location') ?? '';
        expect(location, `${claim}, ${step}`).toMatch(new RegExp(`^${origin}/`));
        for (const line of answer.headers.getSetCookie()) {
          expect(line, `${claim}, ${step}`).toMatch(/^__Host-azure-auth\..*; Secure$/);
        }
      }
      const gate = answers.gate.headers.get('location');
      expect(gate, claim).toBe(`${origin}/auth/sign-in?returnTo=%2Faccount%3Fx%3D1`);

      const start = await robot.fetch('/auth/start', form);
      const request = new URL(start.headers.get('location') ?? '');
      expect(request.origin, claim).toBe(entra.url);
      const redirectUri = request.searchParams.get('redirect_uri');
      expect(redirectUri, claim).toBe(`${origin}/authorization-code/callback`);
      const flow = start.headers.getSetCookie().find((line) => line.includes('.flow.'));
      expect(flow, claim).toMatch(
        /^__Host-azure-auth\.flow\.[^;]*; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/,
      );
      const page = await robot.open('/', document);
      expect([page.status, await page.text()], claim).toEqual([
        ...[
          200,
          expect.not.stringMatching(/evil\.example|inner\.example|edge\.example|0\.0\.0\.0/),
        ],
      ]);
    }
  });

  test(`behind ${place} a person signs in, works and signs out`, async () => {
    const robot = robotAt(place);
    const arrival = await robot.signIn('Ada Berg', '/account?tab=details');
    expect(arrival.headers.get('location')).toBe(`${origin}/account?tab=details`);
    expect(await robot.me()).toMatchObject({ name: 'Ada Berg' });
    expect((await robot.open('/account')).status).toBe(200);
    expect(robot.session()?.name).toBe('__Host-azure-auth.session');
    for (const name of robot.cookies().keys()) expect(name).toMatch(/^__Host-azure-auth\./);
    const gone = await robot.post('/auth/sign-out', { scope: 'microsoft' });
    const away = new URL(gone.headers.get('location') ?? '');
    expect(away.searchParams.get('post_logout_redirect_uri')).toBe(`${origin}/auth/signed-out`);
    expect(await robot.me()).toBeUndefined();
  });
}

test('http leads to AUTH_URL, whatever Host was asked for', async () => {
  for (const host of [new URL(plainUrl).host, 'evil.example']) {
    const answer = await send(plainUrl, '/account?x=1', { headers: { host } });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      ...[308, `${origin}/account?x=1`],
    ]);
  }
});

test('twelve kilobytes of cookies are read; more are refused at once and cost nobody the session', async () => {
  const robot = robotAt(ours);
  await robot.signIn();
  const kilobytes = (count: number) => 'a'.repeat(count * 1024);
  const cookie = (count: number) => ({ cookie: `x=${kilobytes(count)}` });
  const page = await robot.open('/account', { headers: cookie(12) });
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('Ada Berg');
  for (const [headers, status] of [
    [{ ...cookie(12), 'x-more': kilobytes(8) }, 431], // by the app
    [cookie(17), 400], // by nginx
    [cookie(60), 400],
  ] as const) {
    const answer = await robot.open('/account', { headers });
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([status, []]);
  }
  expect(await robot.me()).toMatchObject({ name: 'Ada Berg' });
});
