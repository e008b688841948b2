import { type AppServer, startApp } from '../app-server';
import { expect, type Stack, type StandIn, test } from '../e2e/fixtures';
import { filesBelow, filesWith, mark, secrets } from './canary';
import { title } from './matrix';
import { Robot } from './robot';

/** What people switch on when something does not work, in production too. */
const debugging = {
  AUTH_DEBUG: '1',
  NEXTAUTH_DEBUG: 'true',
  DEBUG: '*',
  NODE_ENV: 'production',
  NEXT_DEBUG_BUILD: '1',
};

/** Every way a sign-in goes right or wrong, and every page. @returns all that was ever answered */
async function everyPage(entra: StandIn, app: AppServer) {
  const answers: string[] = [];
  const kept: string[] = []; // what only the browser and Microsoft may know
  const keep = async (response: Response) => {
    const headers = [...response.headers].filter(([name]) => name !== 'set-cookie');
    answers.push(`${await response.text()}\n${JSON.stringify(headers)}`);
    return response;
  };
  const tokens = { access_token: `${mark}-access`, refresh_token: `${mark}-refresh` };
  const claims = { [mark]: mark, sub: `${mark}-sub`, groups: [`${mark}-group`] };
  const faults: (Parameters<StandIn['control']['inject']>[0] | undefined)[] = [
    undefined,
    { on: 'id_token', sign: 'bad' },
    { on: 'id_token', raw: `${mark}.${mark}.${mark}` },
    { on: 'id_token', claims: { tid: `${mark}-tenant` } },
    { on: 'id_token', claims: { nonce: `${mark}-nonce` } },
    { on: 'token', aadsts: 7000215 },
    { on: 'token', status: 400, raw: `{"error":"${mark}","error_description":"${mark}"}` },
    { on: 'token', status: 503, raw: `<html>${mark}</html>` },
    { on: 'token', raw: `${mark} is no JSON` },
    { on: 'token', reset: true },
  ];
  for (const fault of faults) {
    for (const name of ['Ada Berg', 'Noor de Vries']) {
      const robot = new Robot({ entra, app });
      if (fault?.on !== 'token') entra.control.inject({ on: 'token', json: tokens });
      if (fault?.on !== 'id_token') entra.control.inject({ on: 'id_token', claims });
      if (fault) entra.control.inject(fault);
      const callback = await robot.answer(await robot.start(), name);
      const { searchParams } = new URL(callback);
      kept.push(searchParams.get('code') ?? '', searchParams.get('state') ?? '');
      await keep(await robot.fetch(callback));
      await keep(await robot.fetch(callback)); // and once more, with a spent code
      for (const path of ['/', '/auth/sign-in', '/account', '/auth/error', '/auth/denied']) {
        await keep(await robot.open(path));
      }
      await keep(await robot.fetch('/account?_rsc=', { headers: { rsc: '1' } }));
      for (const path of ['/api/me', '/no-such-page', '/api/auth/providers', '/readyz']) {
        await keep(await robot.fetch(path));
      }
      kept.push(...[...robot.cookies().values()].filter((value) => value.length > 20));
      await keep(await robot.post('/auth/sign-out'));
      entra.control.reset();
      register(entra);
    }
  }
  const robot = new Robot({ entra, app });
  const state = (await robot.start()).searchParams.get('state') ?? '';
  const refusal = { error: mark, error_description: `AADSTS50000: ${mark}`, state };
  await keep(await robot.fetch(`/authorization-code/callback?${new URLSearchParams(refusal)}`));
  await keep(await robot.open('/account', { headers: { cookie: `${mark}=${mark}` } }));
  await keep(
    await robot.post('/auth/start', { returnTo: `https://${mark}.example`, [mark]: mark }),
  );
  return { answers, kept };
}

const register = (entra: StandIn) =>
  entra.control.patchRegistration({
    secrets: [{ value: secrets.AZURE_CLIENT_SECRET, expiresAtSeconds: null }],
  });

test(title('CF-07'), async ({ stack, entra }) => {
  test.setTimeout(180_000);
  await test.step('in pages and logs, with everything on that debugging knows', async () => {
    register(entra);
    const env: Stack['env'] = { ...stack.env, ...secrets, ...debugging };
    const app = await startApp(env);
    const { answers, kept } = await everyPage(entra, app);
    await app.stop();
    expect(app.events('sign_in').length, 'the secrets were in use').toBeGreaterThan(0);
    expect(app.events('sign_in.failed').length).toBeGreaterThan(10);
    expect(answers.length).toBeGreaterThan(200);
    expect(answers.filter((text) => text.includes(mark))).toEqual([]);
    expect(app.output().match(new RegExp(`.{0,80}${mark}.{0,80}`, 'g'))).toBeNull();
    expect(kept.length).toBeGreaterThan(60);
    expect(kept.filter((value) => app.output().includes(value))).toEqual([]);
    expect(app.output()).not.toMatch(/eyJ[\w-]+\./);
    expect(app.output()).not.toMatch(/code_verifier|client_secret|ada@contoso|Ada Berg/i);
  });

  // A build that is made where the secrets are set: tests/attack/gate-without-middleware.test.ts.

  await test.step('in what browsers load', async () => {
    const files = filesBelow('.next/static');
    expect(files.filter((file) => file.endsWith('.js')).length).toBeGreaterThan(3);
    expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
    const names = /AZURE_|AUTH_SECRET|AUTH_URL|ENTRA_LOCAL|client_secret|sourceMappingURL/;
    expect(filesWith('.next/static', (text) => names.test(text))).toEqual([]);
    const robot = new Robot(stack);
    for (const path of [
      '/_next/static/chunks/main.js.map',
      '/.env',
      '/.git/config',
      '/start.mjs',
    ]) {
      expect([303, 404], path).toContain((await robot.open(path)).status);
    }
  });
});
