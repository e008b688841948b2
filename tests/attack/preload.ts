import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

/** Moves the clock of an app by `write(seconds)`. */
export const movableClock = () => preload('./clock.mjs', 'ATTACK_CLOCK_FILE', '0');

/** Keeps an app on this machine; `write` says at which local ports it finds the world's names. */
export const closedNetwork = () => preload('./reroute.mjs', 'ATTACK_REROUTE_FILE', '{}');
