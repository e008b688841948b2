const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const valueByCode = new Uint8Array(128).fill(255);
for (let value = 0; value < 64; value += 1) valueByCode[alphabet.charCodeAt(value)] = value;

/** Bytes as base64url without padding (RFC 4648 §5, RFC 7515 §2). */
export function encodeBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** Reads base64url without padding. Written out, since it runs at every request: `atob()` wants the
 * other alphabet, and no runtime of ours has `Uint8Array.fromBase64()`.
 * @returns undefined for anything but the one spelling of some bytes: another character, a length
 * that no bytes have, unused bits that are not zero (RFC 4648 §3.5) */
export function decodeBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  const { length } = text;
  if (length % 4 === 1) return undefined;
  const bytes = new Uint8Array((length * 3) >> 2);
  let [bits, count, at] = [0, 0, 0];
  for (let index = 0; index < length; index += 1) {
    const value = valueByCode[text.charCodeAt(index)] ?? 255;
    if (value === 255) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes[at] = bits >> count;
    at += 1;
  }
  return bits & ((1 << count) - 1) ? undefined : bytes;
}
