import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';
import { type CreateCipher, tagBytes } from './cipher';

/** By Node's own module: the same bytes at once, where Web Crypto sends every request to another
 * thread and back (docs/benchmarks.md). */
export const createNodeCipher: CreateCipher = (raw) => {
  const key = createSecretKey(raw);
  const options = { authTagLength: tagBytes }; // or a tag cut short would do (RFC 7518 §5.3)
  return {
    seal(text, nonce, context) {
      const cipher = createCipheriv('aes-256-gcm', key, nonce, options).setAAD(context);
      return new Uint8Array(
        Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]),
      );
    },
    open(sealed, nonce, context) {
      const end = sealed.length - tagBytes;
      const cipher = createDecipheriv('aes-256-gcm', key, nonce, options).setAAD(context);
      cipher.setAuthTag(sealed.subarray(end));
      return new Uint8Array(
        Buffer.concat([cipher.update(sealed.subarray(0, end)), cipher.final()]),
      );
    },
  };
};
