import { decodeBase64Url, encodeBase64Url } from './base64url';
import {
  type Bytes,
  type Cipher,
  type CreateCipher,
  createWebCipher,
  nonceBytes,
  tagBytes,
} from './cipher';

/** What a sealed value may be used for. Each purpose has keys of its own, so that a value sealed
 * for one (a flow's cookie) can never be opened as another (a session). */
export type Purpose = 'session' | 'flow' | 'notice' | 'approval' | 'command' | 'form';

/** Why a sealed value was not opened: stable, written to the log. */
export type UnsealReason = 'malformed' | 'unknown_key' | 'tampered';

/** `isNewest`: sealed by the secret that seals today, not by one that is being replaced. */
export type Unsealed =
  | { ok: true; payload: unknown; isNewest: boolean }
  | { ok: false; reason: UnsealReason };

/** Seals JSON into a compact JWE (RFC 7516 §7.1; `dir`, `A256GCM`) and opens it again. */
export type Sealer = {
  seal(payload: unknown): Promise<string>;
  open(token: string): Promise<Unsealed>;
};

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** A cookie cannot be longer; anything that is did not come from us. */
const maxTokenLength = 4096;

/** `header`: the one that all its values begin with; no other algorithm is ever looked at. */
type Key = { header: string; context: Bytes; cipher: Cipher };

/** Where sealed values are good: this client of this authority. */
export type Scope = { clientId: string; authority: { origin: string } };

/** HKDF-SHA-256 (RFC 5869) from the operator's secret to one AES-256-GCM key per purpose and scope:
 * what was sealed for the stand-in, or for another registration, is worth nothing here. */
async function deriveKey(
  secret: string,
  purpose: Purpose,
  scope: Scope,
  createCipher: CreateCipher,
): Promise<Key> {
  const context = `azure-auth-manager ${purpose} ${scope.authority.origin} ${scope.clientId}`;
  const material = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, [
    'deriveBits',
  ]);
  const derive = async (info: string, bits: number) =>
    new Uint8Array(
      await crypto.subtle.deriveBits(
        {
          name: 'HKDF',
          hash: 'SHA-256',
          salt: new Uint8Array(),
          info: encoder.encode(`${context} ${info}`),
        },
        material,
        bits,
      ),
    );
  const kid = encodeBase64Url(await derive('key id', 48));
  const names = JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid });
  const header = encodeBase64Url(encoder.encode(names));
  return {
    header,
    context: encoder.encode(header),
    cipher: await createCipher(await derive('key', 256)),
  };
}

/** Why a value that begins with no header of ours was not opened. */
function reasonOf(header: string, keys: readonly Key[]): UnsealReason {
  try {
    const { kid } = readHeader(header);
    return keys.some((key) => readHeader(key.header).kid === kid) ? 'tampered' : 'unknown_key';
  } catch {
    return 'malformed';
  }
}

function readHeader(header: string): { kid?: unknown } {
  const read: unknown = JSON.parse(decoder.decode(decodeBase64Url(header)));
  if (typeof read !== 'object' || read === null) throw new Error('no header');
  return read;
}

/** A sealer for one purpose. Keys are derived once; the key id in each value names its key, so
 * that opening never tries one secret after the other.
 * @param secrets newest first: the first seals, all open
 * @param createCipher lib/node-cipher.ts where the code runs on Node alone: same values, less work */
export function createSealer(
  secrets: readonly string[],
  purpose: Purpose,
  scope: Scope,
  createCipher: CreateCipher = createWebCipher,
): Sealer {
  let derived: Promise<Key[]> | undefined;
  const keys = () => {
    derived ??= Promise.all(
      secrets.map((secret) => deriveKey(secret, purpose, scope, createCipher)),
    );
    return derived;
  };
  return {
    async seal(payload) {
      const [newest] = await keys();
      if (!newest) throw new Error('no secret to seal with');
      const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes));
      const text = encoder.encode(JSON.stringify(payload));
      const sealed = await newest.cipher.seal(text, nonce, newest.context);
      const end = sealed.length - tagBytes;
      const parts = [nonce, sealed.subarray(0, end), sealed.subarray(end)].map(encodeBase64Url);
      return [newest.header, '', ...parts].join('.');
    },
    async open(token) {
      if (token.length > maxTokenLength) return { ok: false, reason: 'malformed' };
      const [header = '', key, ...parts] = token.split('.');
      const all = await keys();
      const match = all.find((one) => one.header === header);
      if (!match) return { ok: false, reason: reasonOf(header, all) };
      if (parts.length !== 3) return { ok: false, reason: 'malformed' };
      const [nonce, text, tag] = parts.map(decodeBase64Url);
      if (key !== '' || !nonce || !text || tag?.length !== tagBytes) {
        return { ok: false, reason: 'tampered' };
      }
      try {
        const sealed = new Uint8Array(text.length + tagBytes);
        sealed.set(text);
        sealed.set(tag, text.length);
        const opened = await match.cipher.open(sealed, nonce, match.context);
        const payload: unknown = JSON.parse(decoder.decode(opened));
        return { ok: true, payload, isNewest: match === all[0] };
      } catch {
        return { ok: false, reason: 'tampered' };
      }
    },
  };
}
