/** Loaded into an app before anything else (`NODE_OPTIONS=--import=…`), so that a test can move its
 * clock: it is ahead by the seconds that the file `ATTACK_CLOCK_FILE` holds. The middleware runs in a
 * sandbox with a Date of its own, which stays where it is. */
import { readFileSync } from 'node:fs';

const file = process.env.ATTACK_CLOCK_FILE ?? '';
const realNow = Date.now.bind(Date);
let aheadMs = 0;
let readAt = 0;

Date.now = () => {
  const now = realNow();
  // A clock is asked more often than a disk likes.
  if (now - readAt > 20) {
    readAt = now;
    aheadMs = Number(readFileSync(file, 'utf8')) * 1000;
  }
  return now + aheadMs;
};

globalThis.Date = new Proxy(Date, {
  construct: (target, given, newTarget) =>
    Reflect.construct(target, given.length > 0 ? given : [target.now()], newTarget),
});
