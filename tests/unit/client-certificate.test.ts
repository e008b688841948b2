import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import {
  createCertificateReader,
  createCredentialExpiry,
  parseClientCertificate,
  readClientCertificate,
} from '../../lib/client-certificate';
import { ConfigError, type ConfigProblem } from '../../lib/config-problem';
import { createCertificate, type TestCertificate } from '../certificate';

const now = () => Math.floor(Date.now() / 1000);
let first: TestCertificate;
let second: TestCertificate;
let folder: string;
test.beforeAll(async () => {
  [first, second] = await Promise.all([createCertificate(), createCertificate()]);
  folder = mkdtempSync(join(tmpdir(), 'azure-auth-certificate-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The code of the refusal; the message must hold nothing of what was read. */
function codeOf(read: () => unknown, ...secrets: string[]): string {
  try {
    read();
    return 'accepted';
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [{ variable, code } = { variable: '', code: '' }, more] = error.problems;
    expect(more).toBeUndefined();
    expect(variable).toBe('AZURE_CLIENT_CERTIFICATE_PATH');
    const told = error.message + JSON.stringify(error.problems);
    for (const secret of ['BEGIN', 'MII', folder, ...secrets]) expect(told).not.toContain(secret);
    return code;
  }
}
const judge = (pem: string) => codeOf(() => parseClientCertificate(pem, now()));

test('certificate and key are found in any order, among comments, with any line ends', () => {
  const reversed = `Bag Attributes\n${first.privateKey}\n# and\n${first.certificate}`;
  for (const pem of [first.pem, reversed, first.pem.replaceAll('\n', '\r\n')]) {
    expect(parseClientCertificate(pem, now()).thumbprint).toBe(first.thumbprint);
  }
});

test('a key in the older format, PKCS #1, is read too', () => {
  const key = createPrivateKey(first.privateKey).export({ type: 'pkcs1', format: 'pem' });
  expect(judge(`${first.certificate}\n${key}`)).toBe('accepted');
});

test('of a chain the certificate that belongs to the key is used', () => {
  const chain = `${second.certificate}\n${first.certificate}\n${first.privateKey}`;
  expect(parseClientCertificate(chain, now()).thumbprint).toBe(first.thumbprint);
});

test('the day that it expires is told', () => {
  const days = (parseClientCertificate(first.pem, now()).expiresAtSeconds - now()) / 86_400;
  expect(days).toBeGreaterThan(29.9);
  expect(days).toBeLessThanOrEqual(30);
});

test('a file without a private key is refused', () => {
  const broken = first.privateKey.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA');
  for (const pem of ['', 'canary', first.certificate, `${first.certificate}\n${broken}`]) {
    expect(judge(pem)).toBe('no_private_key');
  }
});

test('an encrypted private key is refused, in both formats, and the reason is told', () => {
  const key = createPrivateKey(first.privateKey);
  const encryption = { format: 'pem', cipher: 'aes-256-cbc', passphrase: 'canary' } as const;
  for (const type of ['pkcs8', 'pkcs1'] as const) {
    const pem = `${first.certificate}\n${key.export({ type, ...encryption })}`;
    expect(judge(pem)).toBe('no_private_key');
    expect(() => parseClientCertificate(pem, now())).toThrow(/encrypted/);
  }
});

test('a key that cannot sign PS256 is refused', async () => {
  expect(judge((await createCertificate({ keyType: 'ec' })).pem)).toBe('no_private_key');
  expect(judge((await createCertificate({ keySize: 1024 })).pem)).toBe('no_private_key');
});

test('a file without a certificate is refused', () => {
  const broken = first.certificate.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA');
  for (const pem of [first.privateKey, `${first.privateKey}\n${broken}`]) {
    expect(judge(pem)).toBe('no_certificate');
  }
});

test('a key that does not fit the certificate is refused', () => {
  expect(judge(`${first.certificate}\n${second.privateKey}`)).toBe('key_mismatch');
});

test('an expired certificate is refused, from the second on in which it expires', async () => {
  const { pem } = await createCertificate({ fromDays: -10, toDays: -1 });
  expect(judge(pem)).toBe('certificate_expired');
  const { expiresAtSeconds } = parseClientCertificate(first.pem, now());
  expect(codeOf(() => parseClientCertificate(first.pem, expiresAtSeconds - 1))).toBe('accepted');
  expect(codeOf(() => parseClientCertificate(first.pem, expiresAtSeconds))).toBe(
    'certificate_expired',
  );
});

test('a certificate of tomorrow is refused', async () => {
  const { pem } = await createCertificate({ fromDays: 1 });
  expect(judge(pem)).toBe('certificate_not_yet_valid');
});

test('a file that cannot be read is refused, and its path is not told', () => {
  for (const path of [join(folder, 'canary.pem'), folder, '\u0000']) {
    expect(codeOf(() => readClientCertificate(path, now()), 'canary')).toBe('unreadable_file');
  }
});

test.describe('renewal', () => {
  /** A file that holds `pem`, the assertions made with it, and what was told meanwhile. */
  function start(pem: string) {
    const path = join(folder, `${Math.random()}.pem`);
    let seconds = 1_700_000_000;
    const write = (text: string) => {
      writeFileSync(path, text);
      seconds += 1;
      utimesSync(path, seconds, seconds);
    };
    write(pem);
    const problems: ConfigProblem[] = [];
    const reader = createCertificateReader(path, now, (problem) => problems.push(problem));
    const thumbprint = async () => reader.current().thumbprint;
    return { path, write, thumbprint, reader, problems };
  }

  test('a changed file is used from the next request on', async () => {
    const { write, thumbprint, problems } = start(first.pem);
    expect(await thumbprint()).toBe(first.thumbprint);
    write(second.pem);
    expect(await thumbprint()).toBe(second.thumbprint);
    expect(problems).toEqual([]);
  });

  test('an unchanged file is not read again', () => {
    const { path, reader } = start(first.pem);
    const read = reader.current();
    expect(reader.current()).toBe(read);
    utimesSync(path, 1_700_000_002, 1_700_000_002);
    expect(reader.current()).not.toBe(read);
  });

  test('a change that keeps size and time is noticed', async () => {
    const [before, after] = [first.pem.padEnd(4096, '\n'), second.pem.padEnd(4096, '\n')];
    const { path, thumbprint } = start(before);
    expect(await thumbprint()).toBe(first.thumbprint);
    writeFileSync(path, after);
    utimesSync(path, 1_700_000_001, 1_700_000_001);
    expect(await thumbprint()).toBe(second.thumbprint);
  });

  test('a certificate that was put there early is used from its first second on', async () => {
    const early = await createCertificate({ fromDays: 1 });
    let nowSeconds = now();
    const { path, write } = start(first.pem);
    const problems: string[] = [];
    const reader = createCertificateReader(
      path,
      () => nowSeconds,
      ({ code }) => problems.push(code),
    );
    expect(reader.current().thumbprint).toBe(first.thumbprint);
    write(early.pem);
    for (let count = 0; count < 3; count += 1) {
      expect(reader.current().thumbprint).toBe(first.thumbprint);
    }
    expect(problems).toEqual(['certificate_not_yet_valid']);
    nowSeconds += 86_400 + 60;
    expect(reader.current().thumbprint).toBe(early.thumbprint);
    expect(reader.previous()?.thumbprint).toBe(first.thumbprint);
  });

  test('a file that became unusable is told once, and the old certificate stays', async () => {
    const { path, write, thumbprint, problems } = start(first.pem);
    expect(await thumbprint()).toBe(first.thumbprint);
    write('half a fi');
    for (let count = 0; count < 3; count += 1) expect(await thumbprint()).toBe(first.thumbprint);
    expect(problems.map(({ code }) => code)).toEqual(['no_private_key']);
    rmSync(path);
    for (let count = 0; count < 3; count += 1) expect(await thumbprint()).toBe(first.thumbprint);
    expect(problems.map(({ code }) => code)).toEqual(['no_private_key', 'unreadable_file']);
    write(second.pem);
    expect(await thumbprint()).toBe(second.thumbprint);
  });

  test('an unusable file makes no assertion until it is mended', async () => {
    const { write, thumbprint, problems } = start('canary');
    await expect(thumbprint()).rejects.toThrow(ConfigError);
    await expect(thumbprint()).rejects.toThrow(ConfigError);
    expect(problems[0]?.code).toBe('no_private_key');
    write(first.pem);
    expect(await thumbprint()).toBe(first.thumbprint);
  });

  test('the end of the certificate in use is known at any time, whatever becomes of its file', async () => {
    const [short, long] = await Promise.all([
      createCertificate({ toDays: 5.5 }),
      createCertificate({ toDays: 100.5 }),
    ]);
    const { path, write } = start('canary');
    const expiry = createCredentialExpiry({ credential: { kind: 'certificate', path } }, now);
    const daysLeft = () => {
      const expiresAt = expiry();
      return expiresAt && Math.floor((expiresAt - now()) / 86_400);
    };
    expect(daysLeft()).toBeUndefined();
    write(short.pem);
    expect(daysLeft()).toBe(5);
    write(long.pem);
    expect(daysLeft()).toBe(100);
    write('half a fi');
    expect(daysLeft()).toBe(100);
  });

  test('the certificate of before is kept while it is valid, and no older one', async () => {
    const [short, third] = await Promise.all([
      createCertificate({ toDays: 5.5 }),
      createCertificate(),
    ]);
    let nowSeconds = now();
    const { path, write } = start(short.pem);
    const reader = createCertificateReader(
      path,
      () => nowSeconds,
      () => {},
    );
    expect([reader.current().thumbprint, reader.previous()]).toEqual([short.thumbprint, undefined]);
    write(second.pem);
    expect(reader.current().thumbprint).toBe(second.thumbprint);
    expect(reader.previous()?.thumbprint).toBe(short.thumbprint);
    nowSeconds += 6 * 86_400;
    expect(reader.previous()).toBeUndefined();
    write(third.pem);
    expect(reader.current().thumbprint).toBe(third.thumbprint);
    expect(reader.previous()?.thumbprint).toBe(second.thumbprint);
  });
});
