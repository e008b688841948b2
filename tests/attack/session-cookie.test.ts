import { CompactEncrypt, CompactSign, decodeProtectedHeader } from 'jose';
import { expect, type Stack, test } from '../e2e/fixtures';
import { forgeSession, openCookie, sessionKey } from './forged-session';
import { title } from './matrix';
import { expectAnonymous, expectRejected } from './outcomes';
import { Robot } from './robot';

/** A person's robot with a session cookie that was made offline. */
async function withCookie(stack: Stack, value: string) {
  const robot = new Robot(stack);
  await robot.signIn();
  const { name } = robot.session() ?? { name: '' };
  robot.cookies().clear();
  robot.cookies().set(name, value);
  return { robot, name };
}

const bytes = (text: string) => new TextEncoder().encode(text);
const turned = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);

test(title('SC-02'), async ({ stack, app, entra }) => {
  const { env } = stack;
  const { contoso: tenantId, northwind } = entra.tenants;
  const good = await forgeSession(env, { tenantId });
  const { robot, name } = await withCookie(stack, good);
  expect(await robot.me(), 'a cookie that was made offline is as good as any').toBeTruthy();
  robot.cookies().clear();

  const { kid } = decodeProtectedHeader(good);
  const payload = bytes(await openCookie(env, good));
  const encrypt = (header: object, key = sessionKey(env), content = payload) =>
    new CompactEncrypt(content)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid, ...header })
      .encrypt(key);
  const signed = new CompactSign(payload).setProtectedHeader({ alg: 'HS256', kid });
  const unsigned = btoa(JSON.stringify({ alg: 'none', kid })).replaceAll('=', '');
  const [header, , iv = '', text = '', tag = ''] = good.split('.');
  const elsewhere = { ...env, AZURE_CLIENT_ID: '5f0c2a4e-7d1b-4c53-9a86-1e2d3c4b5a69' };
  const other = { ...env, AUTH_SECRET: 'Zq8mK2xT5vR1nW7pL4cY9dH3gJ6fB0sA' };
  const authority = 'https://login.microsoftonline.com';
  const stolen = new TextDecoder().decode(payload).replace(tenantId, northwind);
  const refused: [kind: string, value: string, reason: string][] = [
    ['another iv', [header, '', turned(iv), text, tag].join('.'), 'tampered'],
    ['another text', [header, '', iv, turned(text), tag].join('.'), 'tampered'],
    ['another tag', [header, '', iv, text, turned(tag)].join('.'), 'tampered'],
    ['an empty tag', [header, '', iv, text, ''].join('.'), 'tampered'],
    ['cut at its end', good.slice(0, -9), 'tampered'],
    ['cut in half', good.slice(0, good.length / 2), 'malformed'],
    ['one letter', 'x', 'malformed'],
    ['words', 'null', 'malformed'],
    ['dots', '....', 'malformed'],
    ['longer than any cookie', `${good}${'A'.repeat(4096)}`, 'malformed'],
    ['another secret', await forgeSession(other, { tenantId }), 'unknown_key'],
    ['another application', await forgeSession(elsewhere, { tenantId }), 'unknown_key'],
    ['another authority', await forgeSession(env, { tenantId, authority }), 'unknown_key'],
    ['a key of nobody', await encrypt({}, new Uint8Array(32).fill(7)), 'tampered'],
    ['no key id', await encrypt({ kid: undefined }), 'unknown_key'],
    ['another alg', await encrypt({ alg: 'A256GCMKW' }), 'tampered'],
    ['another enc', await encrypt({ enc: 'A128CBC-HS256' }), 'tampered'],
    ['signed and not sealed', await signed.sign(sessionKey(env)), 'tampered'],
    ['neither', `${unsigned}.${btoa(stolen).replaceAll('=', '')}.`, 'tampered'],
    ['no session in it', await encrypt({}, sessionKey(env), bytes('{"t":"x"}')), 'malformed'],
    ['no object in it', await encrypt({}, sessionKey(env), bytes('[]')), 'malformed'],
    ['no JSON in it', await encrypt({}, sessionKey(env), bytes('{')), 'tampered'],
  ];
  for (const [kind, value, reason] of refused) {
    await test.step(kind, () => expectAnonymous(robot, app, { name, value }, reason));
  }
});

test(title('SC-03'), async ({ stack, app, entra }) => {
  const { env } = stack;
  const { contoso: tenantId } = entra.tenants;
  const robot = new Robot(stack);
  await robot.signIn('Noor de Vries');
  await robot.start();
  const { name, robot: person } = await withCookie(stack, await forgeSession(env, { tenantId }));
  expect(await person.me()).toBeTruthy();
  const others = [...robot.cookies()];
  expect(others.map(([other]) => other.replace(/^[\w-]+\.|\.[0-9a-f]{16}$/g, '')).sort()).toEqual([
    'flow', // spent
    'flow',
  ]);
  await robot.signIn('Noor de Vries');
  for (const [, value] of robot.cookies()) {
    await expectAnonymous(new Robot(stack), app, { name, value }, 'unknown_key');
  }
  // The very words of a session, sealed for another purpose.
  for (const purpose of ['flow', 'notice'] as const) {
    const value = await forgeSession(env, { tenantId, purpose });
    await expectAnonymous(new Robot(stack), app, { name, value }, 'unknown_key');
  }

  // And a session in the place of a flow answers no sign-in.
  const victim = new Robot(stack);
  const callback = await victim.answer(await victim.start());
  const [flow = ''] = [...victim.cookies().keys()];
  victim.cookies().set(flow, await forgeSession(env, { tenantId }));
  const answer = await victim.fetch(callback);
  await expectRejected(victim, app, answer, { code: 'flow_missing' });
});

test(title('SC-06'), async ({ stack, app }) => {
  for (const order of ['before', 'after']) {
    const robot = new Robot(stack);
    await robot.signIn();
    const { name = '', value = '' } = robot.session() ?? {};
    const jar = robot.cookies();
    if (order === 'before') jar.clear();
    const prefix = name.replace(/session$/, '');
    for (const junk of [
      ...[`${name}-evil`, `${name}.0`, `${name}.1`, `x${name}`, `${name}x`, name.toUpperCase()],
      ...[`__Host-azure-auth.session`, `__Secure-${name}`, 'authjs.session-token', 'session'],
      ...[`${prefix}flow.0000000000000000`, `${prefix}flow.`, `${prefix}notice`],
    ]) {
      jar.set(junk, 'junk');
    }
    jar.set(name, value);
    const before = app.events('session.invalid').length;
    const page = await robot.open('/account');
    expect(page.status, order).toBe(200);
    expect(page.headers.getSetCookie()).toEqual([]);
    expect(await robot.me()).toMatchObject({ name: 'Ada Berg' });
    expect(app.events('session.invalid')).toHaveLength(before);
    expect((await robot.open('/auth/error')).status).toBe(400);

    // Nor does junk keep anyone from signing in, and what is ours of it is swept away.
    jar.delete(name);
    robot.cookies(stack.entra.url).clear();
    await robot.signIn('Ben Osei');
    expect(await robot.me()).toMatchObject({ name: 'Ben Osei' });
    expect([...jar.keys()]).not.toContain(`${prefix}flow.0000000000000000`);
  }
});

test(title('SC-10'), async ({ stack, entra }) => {
  const many = (count: number) => Array.from({ length: count }, () => crypto.randomUUID());
  const wide = '👩‍👩‍👧‍👦'.repeat(100);
  const everything: Record<string, unknown>[] = [
    { groups: many(200), roles: many(200), wids: many(200) },
    { picture: `data:image/png;base64,${'A'.repeat(60_000)}` },
    { name: 'N'.repeat(64 * 1024), preferred_username: 'p'.repeat(2000) },
    { name: wide, email: wide, preferred_username: wide, login_hint: 'h'.repeat(512) },
    { name: `${'\u0007'.repeat(200)}\u202e`, email: `${'ü'.repeat(2000)}@example.com` },
    { name: 'N'.repeat(2048), email: 'e'.repeat(2048), login_hint: 'h'.repeat(2048) },
  ];
  for (const claims of everything) {
    await test.step(Object.keys(claims).join(), async () => {
      const robot = new Robot(stack);
      entra.control.inject({ on: 'id_token', claims });
      const answer = await robot.signIn();
      const lines = answer.headers.getSetCookie().filter((line) => /\.session/.test(line));
      expect(lines).toHaveLength(1);
      expect(lines.join().length).toBeLessThanOrEqual(3900);
      expect(await robot.me()).toMatchObject({ tenantId: entra.tenants.contoso });

      // With as many sign-ins under way as anyone can start, and the longest way back in each.
      const path = `/account?q=${'q'.repeat(2000)}`;
      for (let index = 0; index < 6; index += 1) await robot.start(path);
      robot.cookies(entra.url).clear();
      await robot.signIn('Noor de Vries', path); // a notice with names in it
      const header = [...robot.cookies()].map(([name, value]) => `${name}=${value}`).join('; ');
      expect(header).toMatch(/\.session=.*\.notice=/);
      expect(header.length).toBeLessThanOrEqual(8 * 1024);
      expect((await robot.open('/account')).status).toBe(200);
    });
  }
});
