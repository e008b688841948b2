import { startApp } from '../app-server';
import { expect, sessionCookie, signIn, test } from './fixtures';

test('removing a tenant ends its sessions at the next start, and no others', async ({
  page,
  stack,
  entra,
}) => {
  await page.goto('/');
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL('/account');
  const ada = await sessionCookie(page);
  const restarted = await startApp({
    ...stack.env,
    AUTH_URL: stack.app.url,
    AZURE_VALID_TENANT_IDS: `${entra.tenants.fabrikam},${entra.tenants.northwind}`,
  });
  const answer = await fetch(`${restarted.url}/account`, {
    redirect: 'manual',
    headers: { cookie: `${ada?.name}=${ada?.value}` },
  });
  expect(answer.status).toBe(303);
  expect(answer.headers.getSetCookie().join()).toContain('Max-Age=0');
  expect(restarted.events('session.invalid').at(-1)).toMatchObject({ reason: 'tenant_removed' });
  await restarted.stop();

  const same = await startApp({ ...stack.env, AUTH_URL: stack.app.url });
  const kept = await fetch(`${same.url}/api/me`, {
    headers: { cookie: `${ada?.name}=${ada?.value}` },
  });
  expect(kept.status).toBe(200);
  await same.stop();
});

test('a rotated secret opens old sessions, and dropping the old one ends them', async ({
  page,
  stack,
}) => {
  await page.goto('/');
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL('/account');
  const { name, value } = (await sessionCookie(page)) ?? { name: '', value: '' };
  const fresh = 'Zq8mK2xT5vR1nW7pL4cY9dH3gJ6fB0sA';
  for (const [secrets, status] of [
    [`${fresh},${stack.env.AUTH_SECRET}`, 200],
    [fresh, 401],
  ] as const) {
    const app = await startApp({
      ...stack.env,
      AUTH_URL: stack.app.url,
      AUTH_SECRET: secrets,
    });
    const answer = await fetch(`${app.url}/api/me`, { headers: { cookie: `${name}=${value}` } });
    expect(answer.status).toBe(status);
    await app.stop();
  }
});

test('a session of the stand-in, or of another application, is worth nothing elsewhere', async ({
  page,
  stack,
}) => {
  await page.goto('/');
  await signIn(page, 'Ada Berg');
  await expect(page).toHaveURL('/account');
  const { name, value } = (await sessionCookie(page)) ?? { name: '', value: '' };
  const { ENTRA_LOCAL_URL, ...real } = stack.env;
  expect(ENTRA_LOCAL_URL).toBeTruthy();
  const others = [real, { ...stack.env, AZURE_CLIENT_ID: '5f0c2a4e-7d1b-4c53-9a86-1e2d3c4b5a69' }];
  for (const env of others) {
    const app = await startApp({ ...env, AUTH_URL: stack.app.url });
    const answer = await fetch(`${app.url}/api/me`, { headers: { cookie: `${name}=${value}` } });
    expect(answer.status).toBe(401);
    expect(app.events('session.invalid').at(-1)).toMatchObject({ reason: 'unknown_key' });
    await app.stop();
  }
});

test('with several organisations listed, a guest comes as a member of the home organisation', async ({
  page,
  app,
  entra,
}) => {
  // Microsoft signs guests in at home where the authority names no tenant; hers is not listed.
  await page.goto('/account');
  await signIn(page, 'Grace Lindqvist');
  await expect(page).toHaveURL('/auth/denied');
  const { northwind: tenantId } = entra.tenants;
  expect(app.events('sign_in.denied').at(-1)).toMatchObject({ tenantId });
});
