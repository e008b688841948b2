/** AES-256-GCM with one key (NIST SP 800-38D; RFC 7518 §5.3): 96 bits of nonce, new for every value,
 * and a tag of 128 bits behind the text. */
export type Cipher = {
  seal(text: Bytes, nonce: Bytes, context: Bytes): Bytes | Promise<Bytes>;
  /** @throws where text, nonce or context are not what was sealed */
  open(sealed: Bytes, nonce: Bytes, context: Bytes): Bytes | Promise<Bytes>;
};

export type Bytes = Uint8Array<ArrayBuffer>;

/** Makes a cipher of a key of 32 bytes. */
export type CreateCipher = (key: Bytes) => Cipher | Promise<Cipher>;

export const [nonceBytes, tagBytes] = [12, 16];

/** By Web Crypto, which every runtime has; the edge has nothing else. */
export const createWebCipher: CreateCipher = async (raw) => {
  const { subtle } = crypto;
  const key = await subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const by = (iv: Bytes, additionalData: Bytes) => ({ name: 'AES-GCM', iv, additionalData });
  return {
    seal: async (text, nonce, context) =>
      new Uint8Array(await subtle.encrypt(by(nonce, context), key, text)),
    open: async (sealed, nonce, context) =>
      new Uint8Array(await subtle.decrypt(by(nonce, context), key, sealed)),
  };
};
