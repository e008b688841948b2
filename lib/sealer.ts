import { CompactEncrypt, compactDecrypt, decodeProtectedHeader } from 'jose';

/** What a sealed value may be used for. Each purpose has keys of its own, so that a value sealed
 * for one (a flow's cookie) can never be opened as another (a session). */
export type Purpose = 'session' | 'flow' | 'notice' | 'approval' | 'command' | 'form';

/** Why a sealed value was not opened: stable, written to the log. */
export type UnsealReason = 'malformed' | 'unknown_key' | 'tampered';

/** `isNewest`: sealed by the secret that seals today, not by one that is being replaced. */
export type Unsealed =
  | { ok: true; payload: unknown; isNewest: boolean }
  | { ok: false; reason: UnsealReason };

/** Seals JSON into a compact JWE and opens it again. */
export type Sealer = {
  seal(payload: unknown): Promise<string>;
  open(token: string): Promise<Unsealed>;
};

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** A cookie cannot be longer; anything that is did not come from us. */
const maxTokenLength = 4096;

type Key = { kid: string; key: CryptoKey };

/** Where sealed values are good: this client of this authority. */
export type Scope = { clientId: string; authority: { origin: string } };

/** HKDF-SHA-256 (RFC 5869) from the operator's secret to one AES-256-GCM key per purpose and scope:
 * what was sealed for the stand-in, or for another registration, is worth nothing here. */
async function deriveKey(secret: string, purpose: Purpose, scope: Scope): Promise<Key> {
  const context = `azure-auth-manager ${purpose} ${scope.authority.origin} ${scope.clientId}`;
  const material = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, [
    'deriveBits',
  ]);
  const derive = (info: string, bits: number) =>
    crypto.subtle.deriveBits(
      {
        name: 'HKDF',
        hash: 'SHA-256',
        salt: new Uint8Array(),
        info: encoder.encode(`${context} ${info}`),
      },
      material,
      bits,
    );
  const kid = new Uint8Array(await derive('key id', 48));
  return {
    kid: btoa(String.fromCharCode(...kid))
      .replace(/\+/g, '-')
      .replace(/\//g, '_'),
    key: await crypto.subtle.importKey('raw', await derive('key', 256), 'AES-GCM', false, [
      'encrypt',
      'decrypt',
    ]),
  };
}

/** A sealer for one purpose. Keys are derived once; the key id in each value names its key, so
 * that opening never tries one secret after the other.
 * @param secrets newest first: the first seals, all open */
export function createSealer(secrets: readonly string[], purpose: Purpose, scope: Scope): Sealer {
  let derived: Promise<Key[]> | undefined;
  const keys = () => {
    derived ??= Promise.all(secrets.map((secret) => deriveKey(secret, purpose, scope)));
    return derived;
  };
  return {
    async seal(payload) {
      const [newest] = await keys();
      if (!newest) throw new Error('no secret to seal with');
      return new CompactEncrypt(encoder.encode(JSON.stringify(payload)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: newest.kid })
        .encrypt(newest.key);
    },
    async open(token) {
      if (token.length > maxTokenLength) return { ok: false, reason: 'malformed' };
      let kid: unknown;
      try {
        kid = decodeProtectedHeader(token).kid;
      } catch {
        return { ok: false, reason: 'malformed' };
      }
      const all = await keys();
      const match = all.find((key) => key.kid === kid);
      if (!match) return { ok: false, reason: 'unknown_key' };
      try {
        const { plaintext } = await compactDecrypt(token, match.key, {
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
        });
        const payload: unknown = JSON.parse(decoder.decode(plaintext));
        return { ok: true, payload, isNewest: match === all[0] };
      } catch {
        return { ok: false, reason: 'tampered' };
      }
    },
  };
}
