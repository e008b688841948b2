import { createHash, X509Certificate } from 'node:crypto';
import { generate } from 'selfsigned';

const day = 24 * 60 * 60 * 1000;

/** A certificate as an operator has one: what is uploaded to Microsoft, and what the app signs with. */
export type TestCertificate = {
  /** The certificate alone: this is registered. */
  certificate: string;
  privateKey: string;
  /** Both in one text: the file that `AZURE_CLIENT_CERTIFICATE_PATH` names. */
  pem: string;
  thumbprint: string;
};

/** Makes a self-signed certificate, by default valid from yesterday for 30 days.
 * @param fromDays when it begins, in days from now
 * @param toDays when it ends, in days from now */
export async function createCertificate({
  fromDays = -1,
  toDays = 30,
  keySize = 2048,
  keyType = 'rsa' as 'rsa' | 'ec',
} = {}): Promise<TestCertificate> {
  const made = await generate([{ name: 'commonName', value: 'azure-auth-manager test' }], {
    algorithm: 'sha256',
    keyType,
    keySize,
    notBeforeDate: new Date(Date.now() + fromDays * day),
    notAfterDate: new Date(Date.now() + toDays * day),
  });
  const { raw } = new X509Certificate(made.cert);
  return {
    certificate: made.cert,
    privateKey: made.private,
    pem: `${made.cert}\n${made.private}\n`,
    thumbprint: createHash('sha256').update(raw).digest('base64url'),
  };
}
