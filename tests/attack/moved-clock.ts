import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A clock that a test moves, for an app of its own: `startApp({ ...stack.env, ...clock.env })`. */
export function createClock() {
  const folder = mkdtempSync(join(tmpdir(), 'azure-auth-clock-'));
  const file = join(folder, 'ahead-seconds');
  writeFileSync(file, '0');
  return {
    env: {
      CLOCK_FILE: file,
      NODE_OPTIONS: `--import=${new URL('./clock.mjs', import.meta.url).href}`,
    },
    /** From now on the app is so far ahead of everybody else. */
    async moveTo(aheadSeconds: number): Promise<void> {
      writeFileSync(file, String(aheadSeconds));
      await wait(50); // the app looks at the file that often, and a little more
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
