import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { ClientKey } from './client-assertion';
import type { Config } from './config';
import { ConfigError, type ConfigProblem, type ProblemCode } from './config-problem';

/** The app's certificate, ready to sign with. */
export type ClientCertificate = ClientKey & { expiresAtSeconds: number };

const variable = 'AZURE_CLIENT_CERTIFICATE_PATH';

function refuse(code: ProblemCode, problem: string): never {
  throw new ConfigError([{ variable, code, problem }]);
}

const blocksOf = (pem: string, label: string) =>
  pem.match(new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----`, 'g')) ?? [];

function privateKeyOf(pem: string): KeyObject {
  const [block] = blocksOf(pem, '(?:RSA )?PRIVATE KEY');
  if (!block && /-----BEGIN ENCRYPTED|^Proc-Type: .*ENCRYPTED/m.test(pem)) {
    refuse('no_private_key', 'names a file whose private key is encrypted: store it without.');
  }
  try {
    const key = createPrivateKey(block ?? '');
    const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
    if (key.asymmetricKeyType === 'rsa' && modulusLength >= 2048) return key; // RFC 7518 §3.5
  } catch {
    // OpenSSL's words for it help no operator: told below.
  }
  return refuse(
    'no_private_key',
    'names a file without a private key (RSA of 2048 bits or more, in PEM).',
  );
}

function certificatesOf(pem: string): X509Certificate[] {
  try {
    const certificates = blocksOf(pem, 'CERTIFICATE').map((block) => new X509Certificate(block));
    if (certificates.length > 0) return certificates;
  } catch {
    // Told below: one that cannot be read is none.
  }
  return refuse('no_certificate', 'names a file without a certificate (X.509, in PEM).');
}

/** Reads a certificate and its private key out of one PEM text, in any order; of a chain the
 * certificate that belongs to the key.
 * @throws ConfigError that never repeats the text */
export function parseClientCertificate(pem: string, nowSeconds: number): ClientCertificate {
  const privateKey = privateKeyOf(pem);
  const certificate = certificatesOf(pem).find((one) => one.checkPrivateKey(privateKey));
  if (!certificate) {
    return refuse('key_mismatch', 'names a file whose private key is not that of its certificate.');
  }
  const secondsOf = (date: string) => Date.parse(date) / 1000;
  if (secondsOf(certificate.validTo) <= nowSeconds) {
    refuse('certificate_expired', 'names a certificate that has expired.');
  }
  if (secondsOf(certificate.validFrom) > nowSeconds) {
    refuse('certificate_not_yet_valid', 'names a certificate that is not valid yet.');
  }
  return {
    privateKey,
    thumbprint: createHash('sha256').update(certificate.raw).digest('base64url'),
    expiresAtSeconds: secondsOf(certificate.validTo),
  };
}

/** Reads the file that the operator named.
 * @throws ConfigError that never repeats the path or what is in the file */
export function readClientCertificate(path: string, nowSeconds: number): ClientCertificate {
  let pem: string;
  try {
    pem = readFileSync(/* turbopackIgnore: true */ path, 'utf8');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return refuse('unreadable_file', `names a file that cannot be read (${code}).`);
  }
  return parseClientCertificate(pem, nowSeconds);
}

/** Another one after every change, of owner and mode too: a file may become readable. The size tells
 * two writes within one tick of the clock apart. */
function versionOf(path: string): string | undefined {
  try {
    const { mtimeMs, ctimeMs, size } = statSync(/* turbopackIgnore: true */ path);
    return `${mtimeMs} ${ctimeMs} ${size}`;
  } catch {
    return undefined;
  }
}

/** What one file holds, as long as it changes. */
export type CertificateReader = {
  /** @throws ConfigError while there has been no usable one */
  current(): ClientCertificate;
  /** The one before the latest change, while it is valid: Microsoft may not know the new one yet. */
  previous(): ClientCertificate | undefined;
};

/** Reads the file again only when it has changed, so that a certificate is renewed without a
 * restart. What cannot be used is told once and read again each time, for it may become usable as it
 * is: a certificate that is not valid yet. The old one stays in use meanwhile. */
export function createCertificateReader(
  path: string,
  now: () => number,
  onProblem: (problem: ConfigProblem) => void,
): CertificateReader {
  let version: string | undefined;
  let told: string | undefined;
  let certificate: ClientCertificate | undefined;
  let replaced: ClientCertificate | undefined;
  return {
    current() {
      const latest = versionOf(path); // before reading: a change meanwhile is seen the next time
      if (certificate && latest === version) return certificate;
      try {
        const next = readClientCertificate(path, now());
        if (certificate && certificate.thumbprint !== next.thumbprint) replaced = certificate;
        certificate = next;
        version = latest;
        told = undefined;
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        const problem = `${latest} ${error.problems.map(({ code }) => code)}`;
        if (problem !== told) error.problems.forEach(onProblem);
        told = problem;
        if (!certificate) throw error;
      }
      return certificate;
    },
    previous: () => (replaced && replaced.expiresAtSeconds > now() ? replaced : undefined),
  };
}

/** When the app's credential expires, in seconds, asked live: a certificate may be renewed while
 * the app runs. Undefined where nobody wrote down when the secret expires, where the platform renews
 * by itself, and while the certificate has never been readable; what is wrong with it is told by
 * whoever signs with it. */
export function createCredentialExpiry(
  { credential }: Pick<Config, 'credential'>,
  now: () => number,
): () => number | undefined {
  if (credential.kind === 'secret') return () => credential.expiresAtSeconds;
  if (credential.kind !== 'certificate') return () => undefined;
  const { current } = createCertificateReader(credential.path, now, () => {});
  return () => {
    try {
      return current().expiresAtSeconds;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return undefined;
    }
  };
}
