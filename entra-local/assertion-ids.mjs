import { remember } from './remember.mjs';

/** Far more than are sent in the ten minutes that an assertion may live. */
const MOST_IDS = 10_000;

/** The `jti` of every client assertion that was accepted (RFC 7523, section 3, point 7). */
export function createAssertionIds() {
  /** @type {Map<string, true>} */
  const ids = new Map();
  return {
    /** True for the first caller with this id. @param {string} id */
    takeOnce(id) {
      if (ids.has(id)) return false;
      remember(ids, MOST_IDS, id, true);
      return true;
    },
    reset: () => ids.clear(),
  };
}

/** @typedef {ReturnType<typeof createAssertionIds>} AssertionIds */
