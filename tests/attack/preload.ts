import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const importOf = (name: string) => `--import=${new URL(name, import.meta.url).href}`;

/** A file that an app under test reads again and again, and the variables that make it do so. */
function preload(script: string, variable: string, first: string) {
  const folder = mkdtempSync(join(tmpdir(), 'azure-auth-preload-'));
  const file = join(folder, 'value');
  const write = (value: string) => writeFileSync(file, value);
  write(first);
  return {
    env: { NODE_OPTIONS: importOf(script), [variable]: file },
    write,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A clock that a test moves, for an app of its own. */
export function movableClock() {
  const { env, write, remove } = preload('./clock.mjs', 'ATTACK_CLOCK_FILE', '0');
  return {
    env,
    remove,
    /** From now on the app is so far ahead of everybody else. */
    async moveTo(aheadSeconds: number): Promise<void> {
      write(String(aheadSeconds));
      await wait(50); // the app looks at the file that often, and a little more
    },
  };
}

/** Keeps an app on this machine; `write` says at which local ports it finds the world's names. */
export const closedNetwork = () => preload('./reroute.mjs', 'ATTACK_REROUTE_FILE', '{}');
