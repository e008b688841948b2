import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { expect, type StandIn, test } from '../e2e/fixtures';
import { hold, holdSame } from '../hold';
import {
  compact,
  genuineTokens,
  hmac,
  partsOf,
  publishedKeys,
  signInWithToken,
} from './forged-token';
import { title } from './matrix';
import { expectDown, expectRejected } from './outcomes';
import { withApp } from './own-app';
import { movableClock } from './preload';
import { Robot } from './robot';

const requestsTo = (entra: StandIn, wanted: string) =>
  entra.control.requests.filter(({ endpoint }) => endpoint === wanted).length;

async function expectSignedIn(robot: Robot, response: Response): Promise<void> {
  expect(response.headers.get('location')).toBe(`${robot.origin}/account`);
  expect(await robot.me()).toMatchObject({ name: 'Ada Berg' });
}

/** What the metadata may say about algorithms; none of it decides. */
const metadataOf = (algorithms: string[] | null) => ({
  on: 'discovery' as const,
  json: { id_token_signing_alg_values_supported: algorithms },
  times: Number.POSITIVE_INFINITY,
});

test(title('TV-01'), async ({ stack, app, entra }) => {
  const genuine = async (robot: Robot, nonce: string) =>
    (await genuineTokens(robot, nonce)).id_token;
  const untouched = new Robot(stack);
  const welcome = await signInWithToken(untouched, (nonce) => genuine(untouched, nonce));
  await expectSignedIn(untouched, welcome);

  for (const how of ['foreign', 'bad'] as const) {
    const robot = new Robot(stack);
    entra.control.inject({ on: 'id_token', sign: how });
    await expectRejected(robot, app, await robot.signIn(), { reason: 'bad_signature' });
  }
  const personal = (await publishedKeys(untouched)).find(({ issuer }) =>
    String(issuer).includes(entra.tenants.personal),
  );
  const as = (signature: string) => () => Buffer.from(signature, 'base64url');
  const damages: ((jwt: string) => string)[] = [
    (jwt) => jwt.slice(0, -10) + jwt.slice(-10).replace(/./g, (c) => (c === 'A' ? 'B' : 'A')),
    (jwt) => jwt.slice(0, -10),
    (jwt) => jwt.slice(0, jwt.lastIndexOf('.') + 1),
    (jwt) => {
      const { header, claims, signature } = partsOf(jwt);
      return compact(header, { ...claims, name: 'Mallory' }, as(signature));
    },
    (jwt) => {
      const { header, claims, signature } = partsOf(jwt);
      return compact({ ...header, kid: personal?.kid }, claims, as(signature));
    },
  ];
  for (const damage of damages) {
    const robot = new Robot(stack);
    const damaged = async (nonce: string) => damage(await genuine(robot, nonce));
    const answer = await signInWithToken(robot, damaged);
    await expectRejected(robot, app, answer, { reason: 'bad_signature' });
  }
});

test(title('TV-02'), async ({ stack, entra }) => {
  for (const algorithms of [null, ['none', 'RS256'], ['none']]) {
    entra.control.reset();
    entra.control.inject(metadataOf(algorithms));
    await withApp(stack, {}, async (own) => {
      for (const alg of ['none', 'None', 'NONE', 'nOnE', '', undefined]) {
        const robot = new Robot(own);
        entra.control.inject({ on: 'id_token', sign: 'none', header: { alg } });
        await expectRejected(robot, own.app, await robot.signIn(), { reason: 'bad_alg' });
      }
      const robot = new Robot(own);
      entra.control.inject({ on: 'id_token', header: { alg: 'none' } }); // with a real signature
      await expectRejected(robot, own.app, await robot.signIn(), { reason: 'bad_alg' });
    });
  }
});

test(title('TV-03'), async ({ stack, entra }) => {
  for (const algorithms of [null, ['HS256', 'RS256'], ['HS256']]) {
    entra.control.reset();
    entra.control.inject(metadataOf(algorithms));
    await withApp(stack, {}, async (own) => {
      const robot = new Robot(own);
      entra.control.inject({ on: 'id_token', sign: 'hs256' }); // by the public key, as PEM
      await expectRejected(robot, own.app, await robot.signIn(), { reason: 'bad_alg' });
      for (const key of [entra.clientSecret, entra.clientId, '']) {
        const answer = await signInWithToken(robot, async (nonce) => {
          const { header, claims } = partsOf((await genuineTokens(robot, nonce)).id_token);
          return compact({ ...header, alg: 'HS256' }, claims, hmac(key));
        });
        await expectRejected(robot, own.app, answer, { reason: 'bad_alg' });
      }
    });
  }
});

test(title('TV-04'), async ({ stack, entra }) => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwkOf = ({ publicKey }: typeof ec, kid: string) => ({
    ...publicKey.export({ format: 'jwk' }),
    kid,
    use: 'sig',
  });
  const keys = [
    ...(await publishedKeys(new Robot(stack))),
    jwkOf(ec, 'ours-ec'),
    jwkOf(rsa, 'ours-rsa'),
  ];
  entra.control.inject({ on: 'keys', json: { keys }, times: Number.POSITIVE_INFINITY });
  entra.control.inject(metadataOf(['ES256', 'RS256', 'PS256', 'RS512']));
  await withApp(stack, {}, async (own) => {
    const answer = (robot: Robot, kid: string, alg: string, signer: (input: string) => Buffer) =>
      signInWithToken(robot, async (nonce) => {
        const { header, claims } = partsOf((await genuineTokens(robot, nonce)).id_token);
        return compact({ ...header, kid, alg }, claims, signer);
      });
    const es256 = (input: string) =>
      sign('sha256', Buffer.from(input), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' });
    const robot = new Robot(own);
    // Published keys do sign here: what is refused below is the algorithm alone.
    const rs256 = (input: string) => sign('sha256', Buffer.from(input), rsa.privateKey);
    await expectSignedIn(robot, await answer(robot, 'ours-rsa', 'RS256', rs256));
    await expectRejected(robot, own.app, await answer(robot, 'ours-ec', 'ES256', es256), {
      reason: 'bad_alg',
    });
    const pss = (input: string) =>
      sign('sha256', Buffer.from(input), { key: rsa.privateKey, padding: 6, saltLength: 32 });
    await expectRejected(robot, own.app, await answer(robot, 'ours-rsa', 'PS256', pss), {
      reason: 'bad_alg',
    });
    const rs512 = (input: string) => sign('sha512', Buffer.from(input), rsa.privateKey);
    await expectRejected(robot, own.app, await answer(robot, 'ours-rsa', 'RS512', rs512), {
      reason: 'bad_alg',
    });
    const disguised = await answer(robot, 'ours-ec', 'RS256', es256);
    await expectRejected(robot, own.app, disguised, { reason: 'unknown_key' });
  });
});

test(title('TV-05'), async ({ stack, app, entra }) => {
  const robot = new Robot(stack);
  entra.control.inject({ on: 'id_token', sign: 'noKid' });
  await expectRejected(robot, app, await robot.signIn(), { reason: 'kid_missing' });

  const [only] = await publishedKeys(robot);
  entra.control.inject({ on: 'keys', json: { keys: [only] }, times: Number.POSITIVE_INFINITY });
  await withApp(stack, {}, async (own) => {
    const alone = new Robot(own);
    entra.control.inject({ on: 'id_token', sign: 'noKid' });
    await expectSignedIn(alone, await alone.signIn());
    entra.control.inject({ on: 'id_token', sign: 'foreign', header: { kid: null } });
    await expectRejected(alone, own.app, await alone.signIn(), { reason: 'bad_signature' });
  });
});

test(title('TV-06'), async ({ stack, entra }) => {
  const clock = movableClock();
  await withApp(stack, clock.env, async (own) => {
    const robot = new Robot(own);
    await expectSignedIn(robot, await robot.signIn());
    expect(requestsTo(entra, 'keys')).toBe(1);

    await entra.control.rotateKeys({ keepOld: false }); // between two sign-ins
    await expectSignedIn(robot, await robot.signIn());
    expect(requestsTo(entra, 'keys')).toBe(2);

    await clock.moveTo(301);
    const crowd = Array.from({ length: 20 }, () => new Robot(own));
    const callbacks = await Promise.all(crowd.map(async (one) => one.answer(await one.start())));
    await entra.control.rotateKeys({ keepOld: false }); // just before signing, for many at once
    const answers = await Promise.all(
      crowd.map((one, index) => one.fetch(callbacks[index] as string)),
    );
    for (const [index, one] of crowd.entries()) await expectSignedIn(one, answers[index] as never);
    expect(requestsTo(entra, 'keys')).toBe(3);

    await clock.moveTo(602); // an outage must not lock the new key out
    await entra.control.rotateKeys({ keepOld: false });
    entra.control.inject({ on: 'keys', status: 503 });
    await expectDown(robot, own.app, await robot.signIn(), { stage: 'keys' });
    await expectSignedIn(robot, await robot.signIn());
    expect(requestsTo(entra, 'keys')).toBe(5);
  }).finally(clock.remove);
});

test(title('TV-07'), async ({ stack, entra }) => {
  test.setTimeout(240_000);
  const clock = movableClock();
  await withApp(stack, clock.env, async (own) => {
    const person = new Robot(own);
    await expectSignedIn(person, await person.signIn());
    const refused = async (robot: Robot, callback?: string) => {
      entra.control.inject({ on: 'id_token', header: { kid: randomUUID() } });
      const answer = await (callback ? robot.fetch(callback) : robot.signIn());
      holdSame(answer.headers.get('location'), `${robot.origin}/auth/error`, 'it is refused');
      hold(robot.session() === undefined, 'no session');
      return answer;
    };
    const first = new Robot(own);
    await expectRejected(first, own.app, await refused(first), { reason: 'unknown_key' });
    // Each is a client of its own, below every limit, and brings code after code to its one start.
    const robots = Array.from({ length: 20 }, () => new Robot(own));
    await Promise.all(
      robots.map(async (robot) => {
        const request = await robot.start();
        const started = [...robot.cookies()];
        for (let round = 0; round < 50; round += 1) {
          for (const [name, value] of started) robot.cookies().set(name, value);
          await refused(robot, await robot.answer(request));
        }
      }),
    );
    expect(requestsTo(entra, 'token'), 'each brought a token').toBe(1002);
    const failed = own.app.events('sign_in.failed');
    expect(failed.filter(({ reason }) => reason !== 'unknown_key')).toEqual([]);
    expect(requestsTo(entra, 'keys')).toBe(2);
    await expectSignedIn(person, await person.signIn());
    await clock.moveTo(301);
    await refused(first);
    expect(requestsTo(entra, 'keys'), 'once more after five minutes').toBe(3);
  }).finally(clock.remove);
});

test(title('TV-08'), async ({ stack, entra }) => {
  await withApp(stack, {}, async (own) => {
    const robot = new Robot(own);
    entra.control.inject({ on: 'id_token', ring: 'personal' });
    await expectRejected(robot, own.app, await robot.signIn(), { reason: 'key_issuer' });
  });
  entra.control.removeKeyIssuer();
  await withApp(stack, {}, async (own) => {
    for (let round = 0; round < 2; round += 1) {
      const robot = new Robot(own);
      await expectSignedIn(robot, await robot.signIn());
    }
    expect(own.app.events('provider.warning')).toEqual([
      expect.objectContaining({ reason: 'key_without_issuer' }),
    ]);
  });
});
