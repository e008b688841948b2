import type { Sealer, Unsealed } from './sealer';

/** Remembers the latest values that were opened, word for word, so that the requests of one page do
 * not pay for the same cookie again. Only what was sealed by us is kept: a flood of forgeries takes no
 * room and drives nobody out. Judging what is inside stays the caller's, at each request.
 * @param most beyond so many the oldest is forgotten */
export function rememberOpened(sealer: Sealer, most: number): Sealer {
  const opened = new Map<string, Unsealed>();
  return {
    seal: sealer.seal,
    async open(token) {
      const known = opened.get(token);
      if (known) return known;
      const result = await sealer.open(token);
      if (result.ok) opened.set(token, result);
      const [oldest = ''] = opened.size > most ? opened.keys() : [];
      opened.delete(oldest);
      return result;
    },
  };
}
