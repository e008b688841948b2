import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '../app-server';
import { createCertificate, type TestCertificate } from '../certificate';
import { expect, type Stack, type StandIn, test } from '../e2e/fixtures';
import { title } from './matrix';
import { expectRefusedStart, expectRejected } from './outcomes';
import { Robot } from './robot';

type Readiness = { status: string; credentials: string };
async function readiness(app: Stack['app']): Promise<[number, Readiness]> {
  const response = await fetch(`${app.url}/readyz`);
  return [response.status, (await response.json()) as Readiness];
}

test(title('CF-05'), async ({ stack, entra }) => {
  const ready = (credentials: string) => [
    200,
    { status: 'ready', credentials, revocations: 'memory' },
  ];
  const notReady = [503, { status: 'not ready', credentials: 'rejected', revocations: 'memory' }];
  const wrong = 'c4n4ry~wrong.secret_that-expired0yesterday';
  for (const [AZURE_CLIENT_SECRET, aadsts] of [
    [entra.expiredClientSecret, 7000222],
    [wrong, 7000215],
  ] as const) {
    const app = await startApp({ ...stack.env, AZURE_CLIENT_SECRET });
    try {
      expect(await readiness(app)).toEqual(ready('untried'));
      const robot = new Robot({ entra, app });

      // A visitor who makes an answer up says nothing about the secret.
      const state = (await robot.start()).searchParams.get('state') ?? '';
      const forged = new URLSearchParams({ error: 'invalid_client', state });
      await robot.fetch(`/authorization-code/callback?${forged}`);
      expect(await readiness(app)).toEqual(ready('untried'));

      const answer = await robot.signIn('Ada Berg', '/account?tab=details');
      await expectRejected(robot, app, answer, {
        code: 'app_credentials',
        status: 500,
        returnTo: '/account?tab=details',
      });
      const line = app.events('sign_in.failed').at(-1);
      expect(line).toMatchObject({ aadsts, stage: 'token', traceId: expect.any(String) });
      const page = await (await robot.open('/auth/error')).text();
      expect(page).toContain('This app is not set up correctly');
      expect(page).toContain('Tell the people who run this app');
      expect(page).not.toContain(String(aadsts));
      expect(await readiness(app)).toEqual(notReady);
      expect(app.output()).not.toContain(AZURE_CLIENT_SECRET);
    } finally {
      await app.stop();
    }
  }

  // An instance that has worked stays in service: people are signed in there.
  const app = await startApp(stack.env);
  try {
    const signIn = () => new Robot({ entra, app }).signIn();
    entra.control.inject({ on: 'token', aadsts: 7000222 });
    await signIn();
    expect(await readiness(app)).toEqual(notReady);
    await signIn();
    expect(await readiness(app)).toEqual(ready('accepted'));
    entra.control.inject({ on: 'token', aadsts: 7000222 });
    await signIn();
    expect(await readiness(app)).toEqual(ready('rejected'));
    await signIn();
    expect(await readiness(app)).toEqual(ready('accepted'));
    // Neither a refused person nor an outage is the secret's fault.
    await new Robot({ entra, app }).signIn('Noor de Vries');
    entra.control.inject({ on: 'token', status: 503 });
    await signIn();
    expect(await readiness(app)).toEqual(ready('accepted'));
  } finally {
    await app.stop();
  }
});

const tokenRequests = (entra: StandIn) =>
  entra.control.requests.filter(({ endpoint }) => endpoint === 'token');

test(title('CF-06'), async ({ stack, entra }) => {
  test.setTimeout(120_000);
  const [first, second, stranger, expired] = (await Promise.all([
    createCertificate(),
    createCertificate(),
    createCertificate(),
    createCertificate({ fromDays: -30, toDays: -1 }),
  ])) as [TestCertificate, TestCertificate, TestCertificate, TestCertificate];
  const folder = mkdtempSync(join(tmpdir(), 'azure-auth-attack-'));
  const path = join(folder, 'entra.pem');
  const { AZURE_CLIENT_SECRET: secret = '', ...others } = stack.env;
  const env: Stack['env'] = { ...others, AZURE_CLIENT_CERTIFICATE_PATH: path };
  const variable = 'AZURE_CLIENT_CERTIFICATE_PATH';
  /** The lines of a key, which no log may hold. */
  const lines = ({ privateKey }: TestCertificate) => privateKey.split('\n').slice(1, -2);
  const known = { certificates: [first, second, expired].map(({ certificate }) => certificate) };

  writeFileSync(path, first.pem);
  entra.control.patchRegistration(known);
  const app = await startApp(env);
  const signIn = async (name?: string) => {
    const robot = new Robot({ entra, app });
    return { robot, answer: await robot.signIn(name) };
  };
  const expectSignedIn = async () => expect(await (await signIn()).robot.me()).toBeTruthy();
  try {
    expect(app.events('app.started')).toEqual([
      expect.objectContaining({ credential: 'certificate', certificateDaysLeft: 29 }),
    ]);
    await test.step('every assertion is good once, for this token endpoint, and short', async () => {
      await expectSignedIn();
      await Promise.all(Array.from({ length: 10 }, expectSignedIn));
      expect(tokenRequests(entra)).toHaveLength(11);
      for (const { parameters = [] } of tokenRequests(entra)) {
        expect(parameters).toContain('client_assertion');
        expect(parameters).not.toContain('client_secret');
      }
    });

    await test.step('a certificate that Microsoft does not know is the operator’s matter', async () => {
      entra.control.patchRegistration({ certificates: [stranger.certificate] });
      const { robot, answer } = await signIn();
      await expectRejected(robot, app, answer, { code: 'app_credentials', status: 500 });
      await expect
        .poll(() => app.events('sign_in.failed').at(-1))
        .toMatchObject({ aadsts: 700027, stage: 'token' });
      entra.control.patchRegistration(known);
    });

    await test.step('a renewed one is used without a restart, a useless one is not', async () => {
      writeFileSync(path, second.pem);
      entra.control.patchRegistration({ certificates: [second.certificate] });
      await expectSignedIn();
      expect(app.events('config.error')).toEqual([]);
      writeFileSync(path, expired.pem);
      await expectSignedIn();
      await expectSignedIn();
      expect(app.events('config.error')).toEqual([
        expect.objectContaining({ variable, code: 'certificate_expired' }),
      ]);
    });

    await test.step('one that expires while the app runs makes it unready, and says so', async () => {
      const next = await startApp({ ...env, [variable]: path.replace('entra', 'short') });
      expectRefusedStart(next, { variable, code: 'unreadable_file' }, [folder]);
      writeFileSync(path, second.pem);
      const late = await startApp(env);
      entra.control.setClock(31 * 24 * 60 * 60);
      const robot = new Robot({ entra, app: late });
      await expectRejected(robot, late, await robot.signIn(), {
        code: 'app_credentials',
        status: 500,
      });
      expect((await readiness(late))[1]).toEqual({
        status: 'not ready',
        credentials: 'rejected',
        revocations: 'memory',
        credentialExpiresWithinDays: 30,
      });
      await late.stop();
    });

    for (const key of [first, second, expired].flatMap(lines)) {
      expect(app.output()).not.toContain(key);
    }
  } finally {
    await app.stop();
  }

  await test.step('nothing but one good certificate starts', async () => {
    const key = lines(first);
    const files: Record<string, string> = {
      certificate_expired: expired.pem,
      key_mismatch: `${second.certificate}${first.privateKey}`,
      no_private_key: first.certificate,
      no_certificate: first.privateKey,
    };
    for (const [code, pem] of Object.entries(files)) {
      writeFileSync(path, pem);
      expectRefusedStart(await startApp(env), { variable, code }, [...key, folder]);
    }
    const pasted = await startApp({ ...env, [variable]: first.pem });
    expectRefusedStart(pasted, { variable, code: 'not_a_path' }, key);
    writeFileSync(path, first.pem);
    const both = await startApp({ ...env, AZURE_CLIENT_SECRET: secret });
    expectRefusedStart(both, { variable: 'AZURE_CLIENT_SECRET' }, [secret]);
  });
  rmSync(folder, { recursive: true, force: true });
});
