import { expect, test } from '@playwright/test';
import {
  base64url,
  CompactEncrypt,
  CompactSign,
  compactDecrypt,
  decodeProtectedHeader,
  generateSecret,
} from 'jose';
import { createWebCipher } from '../../lib/cipher';
import { createNodeCipher } from '../../lib/node-cipher';
import { createSealer, type Purpose } from '../../lib/sealer';
import { scope } from './id-token-builder';

const secret = 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=';
const olderSecret = 'Zk9wQ2hUe4RtYv6Bn1Mx8Lp0AsDf3GjHqWiOuKcErXo=';
const purposes: Purpose[] = ['session', 'flow', 'notice', 'approval', 'command'];
const session = createSealer([secret], 'session', scope);
const payload = { t: 'tenant', text: 'Zoë 😀 "quoted"\n' };
const refused = (reason: string) => ({ ok: false, reason });
const bytes = (text: string) => new TextEncoder().encode(text);

test('what was sealed is opened unchanged', async () => {
  expect(await session.open(await session.seal(payload))).toEqual({
    ok: true,
    payload,
    isNewest: true,
  });
});

const ciphers = { edge: createWebCipher, Node: createNodeCipher };
for (const [from, createCipher] of Object.entries(ciphers)) {
  const sealer = createSealer([secret], 'session', scope, createCipher);

  for (const [to, createOther] of Object.entries(ciphers)) {
    test(`what ${from} sealed is opened by ${to}`, async () => {
      const other = createSealer([secret], 'session', scope, createOther);
      const opened = await other.open(await sealer.seal(payload));
      expect(opened).toEqual({ ok: true, payload, isNewest: true });
    });
  }

  test(`${from} opens nothing that was changed, cut or moved`, async () => {
    const token = await sealer.seal(payload);
    const [header = '', , nonce = '', text = '', tag = ''] = token.split('.');
    const turned = (part: string) => (part.startsWith('A') ? 'B' : 'A') + part.slice(1);
    for (const parts of [
      [header, '', turned(nonce), text, tag],
      [header, '', nonce, turned(text), tag],
      [header, '', nonce, text, turned(tag)],
      [header, '', nonce, text, ''],
      [header, '', nonce, text, tag.slice(0, 16)], // Node takes 12 bytes of a tag unless told
      [header, '', nonce, text, tag.slice(0, -1)],
      [header, '', nonce, text + tag, ''],
      [header, '', nonce.slice(0, 8), text, tag],
      [header, '', '', text, tag],
      [header, '', nonce, '', tag],
      [header, 'AAAA', nonce, text, tag],
      [header, '', `${nonce.slice(0, -1)}=`, text, tag],
      [header, '', nonce, ` ${text.slice(1)}`, tag],
    ]) {
      expect(await sealer.open(parts.join('.')), parts.join('.')).toEqual(refused('tampered'));
    }
  });
}

test('a value has one spelling: no zero byte of its tag is left away', async () => {
  let token: string;
  do token = await session.seal(payload);
  while (Buffer.from(token.slice(-22), 'base64url').at(-1) !== 0);
  const short = Buffer.from(token.slice(-22), 'base64url').subarray(0, -1).toString('base64url');
  expect((await session.open(token)).ok).toBe(true);
  expect(await session.open(token.slice(0, -22) + short)).toEqual(refused('tampered'));
});

test('the sealed value shows nothing but algorithm and key id', async () => {
  const token = await session.seal(payload);
  expect(decodeProtectedHeader(token)).toEqual({
    alg: 'dir',
    enc: 'A256GCM',
    kid: expect.stringMatching(/^[\w-]{8}$/),
  });
  expect(token).toMatch(/^[\w-]+\.\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/);
  expect(token).not.toBe(await session.seal(payload));
});

test('a value sealed for one purpose is never opened for another', async () => {
  for (const from of purposes) {
    const token = await createSealer([secret], from, scope).seal(payload);
    for (const to of purposes.filter((purpose) => purpose !== from)) {
      const other = createSealer([secret], to, scope);
      expect(await other.open(token), `${from} as ${to}`).toEqual(refused('unknown_key'));
      // Not even under the other purpose's key id: the keys themselves differ.
      const { kid } = decodeProtectedHeader(await other.seal({}));
      const header = base64url.encode(JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid }));
      const renamed = [header, ...token.split('.').slice(1)].join('.');
      expect(await other.open(renamed), `${from} as ${to}`).toEqual(refused('tampered'));
    }
  }
});

test('a value sealed under a secret that was never ours is refused', async () => {
  const token = await createSealer([olderSecret], 'session', scope).seal(payload);
  expect(await session.open(token)).toEqual(refused('unknown_key'));
});

test('a rotated secret opens what it sealed until it is dropped', async () => {
  const before = await createSealer([olderSecret], 'session', scope).seal(payload);
  const rotating = createSealer([secret, olderSecret], 'session', scope);
  expect(await rotating.open(before)).toEqual({ ok: true, payload, isNewest: false });
  const after = await rotating.seal(payload);
  expect(await session.open(after)).toEqual({ ok: true, payload, isNewest: true });
  expect(await session.open(before)).toEqual(refused('unknown_key'));
});

test('a change of any character is refused', async () => {
  const token = await session.seal(payload);
  for (let index = 0; index < token.length; index += 1) {
    const original = token[index] as string;
    if (original === '.') continue;
    // The last character of a part may carry unused bits; "A" and "_" differ in all of them.
    const changed = token.slice(0, index) + (original === 'A' ? '_' : 'A') + token.slice(index + 1);
    const opened = await session.open(changed);
    const inHeader = index < token.indexOf('.');
    if (opened.ok) throw new Error(`opened with a change at ${index}`);
    expect(inHeader ? ['malformed', 'unknown_key', 'tampered'] : ['tampered']).toContain(
      opened.reason,
    );
  }
});

test('a value cut short or put together from two is refused', async () => {
  const [one, two] = [await session.seal({ one: 1 }), await session.seal({ two: 2 })];
  for (let length = 0; length < one.length; length += 7) {
    expect((await session.open(one.slice(0, length))).ok).toBe(false);
  }
  const [header, key, iv, , tag] = one.split('.');
  const mixed = [header, key, iv, two.split('.')[3], tag].join('.');
  expect(await session.open(mixed)).toEqual(refused('tampered'));
  expect(await session.open(`${one}.${one}`)).toEqual(refused('malformed'));
});

test('garbage is malformed', async () => {
  const notJson = base64url.encode('not json');
  const garbage = ['', ' ', 'a', '....', '{}', 'null', 'ü', `${notJson}.a.b.c.d`, '\u0000', '%00'];
  for (const token of garbage) {
    expect(await session.open(token), JSON.stringify(token)).toEqual(refused('malformed'));
  }
});

test('a value longer than a cookie can be is not even read', async () => {
  const fits = await session.seal('a'.repeat(2900));
  expect(fits.length).toBeLessThanOrEqual(4096);
  expect((await session.open(fits)).ok).toBe(true);
  const long = await session.seal('a'.repeat(3100));
  expect(long.length).toBeGreaterThan(4096);
  expect(await session.open(long)).toEqual(refused('malformed'));
});

test('a value of another application or another authority is not opened', async () => {
  const token = await session.seal({ a: 1 });
  const others = [
    { ...scope, clientId: '5f0c2a4e-7d1b-4c53-9a86-1e2d3c4b5a69' },
    { ...scope, authority: { origin: 'https://entra-local.invalid' } },
  ];
  for (const other of others) {
    expect(await createSealer([secret], 'session', other).open(token)).toEqual(
      refused('unknown_key'),
    );
  }
});

test.describe('under our own key id', () => {
  const kidOf = async () => decodeProtectedHeader(await session.seal({})).kid as string;
  /** The session key, derived as the sealer derives it: an attacker who had it could do this. */
  async function sessionKey(): Promise<Uint8Array> {
    const material = await crypto.subtle.importKey('raw', bytes(secret), 'HKDF', false, [
      'deriveBits',
    ]);
    const info = bytes(
      `azure-auth-manager session ${scope.authority.origin} ${scope.clientId} key`,
    );
    const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
    return new Uint8Array(await crypto.subtle.deriveBits(hkdf, material, 256));
  }
  const encrypt = async (header: { alg: string; enc: string }, key: Uint8Array, text = '{}') =>
    new CompactEncrypt(bytes(text))
      .setProtectedHeader({ ...header, kid: await kidOf() })
      .encrypt(key);

  test('the key of this test is the sealer’s own', async () => {
    const token = await encrypt({ alg: 'dir', enc: 'A256GCM' }, await sessionKey());
    expect(await session.open(token)).toEqual({ ok: true, payload: {}, isNewest: true });
  });

  test('a value is a JWE that others can read', async () => {
    const { plaintext } = await compactDecrypt(await session.seal(payload), await sessionKey());
    expect(JSON.parse(new TextDecoder().decode(plaintext))).toEqual(payload);
  });

  test('another key is refused', async () => {
    const token = await encrypt({ alg: 'dir', enc: 'A256GCM' }, new Uint8Array(32));
    expect(await session.open(token)).toEqual(refused('tampered'));
  });

  const confusions: [alg: string, enc: string, keyBytes: number][] = [
    ['A256KW', 'A256GCM', 32],
    ['A256GCMKW', 'A256GCM', 32],
    ['PBES2-HS256+A128KW', 'A256GCM', 32],
    ['dir', 'A128GCM', 16],
    ['dir', 'A128CBC-HS256', 32],
    ['dir', 'A256CBC-HS512', 64],
  ];
  for (const [alg, enc, keyBytes] of confusions) {
    test(`${alg} with ${enc} is refused, even with the right key`, async () => {
      const key = keyBytes === 32 ? await sessionKey() : new Uint8Array(keyBytes);
      const token = await encrypt({ alg, enc }, key);
      expect(await session.open(token)).toEqual(refused('tampered'));
    });
  }

  test('a signed token is refused, unsigned ones included', async () => {
    const kid = await kidOf();
    const none = base64url.encode(JSON.stringify({ alg: 'none', kid }));
    const body = base64url.encode(JSON.stringify(payload));
    const signed = await new CompactSign(bytes(JSON.stringify(payload)))
      .setProtectedHeader({ alg: 'HS256', kid })
      .sign(await generateSecret('HS256'));
    for (const token of [`${none}.${body}.`, signed]) {
      expect(await session.open(token)).toEqual(refused('tampered'));
    }
  });

  test('contents that are not JSON are refused', async () => {
    const token = await encrypt({ alg: 'dir', enc: 'A256GCM' }, await sessionKey(), 'not json');
    expect(await session.open(token)).toEqual(refused('tampered'));
  });

  test('a key id of any other type is refused', async () => {
    for (const kid of [undefined, null, 7, {}, ['kid'], '']) {
      const header = base64url.encode(JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid }));
      const token = [header, '', 'AAAAAAAAAAAAAAAA', 'AAAA', 'AAAAAAAAAAAAAAAAAAAAAA'].join('.');
      expect(await session.open(token)).toEqual(refused('unknown_key'));
    }
  });
});

test('nothing is sealed without a secret', async () => {
  await expect(createSealer([], 'session', scope).seal({})).rejects.toThrow();
});
