/** Finds the browser for the tests: one of the system's first, else Playwright's own download. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome.exe',
];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** @returns {string | undefined} the path of a browser that is there, or undefined */
export function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = [
    process.env.CHROMIUM_PATH ?? '',
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    ...applications,
    chromium.executablePath(),
  ];
  return candidates.find((path) => path && existsSync(path));
}

// On Windows npx is a batch file, which only a shell can run.
const shell = process.platform === 'win32';
/** @param {string} command @param {string[]} args */
const run = (command, args) => spawnSync(command, args, { stdio: 'inherit', shell }).status === 0;

/** Installs a browser where there is none: Playwright's, and where its download is blocked, the
 * distribution's own package. @returns {boolean} whether there is one now */
export function installChromium() {
  const root = process.getuid?.() === 0;
  const withDependencies = process.platform === 'linux' && root ? ['--with-deps'] : [];
  if (run('npx', ['playwright', 'install', ...withDependencies, 'chromium'])) return true;
  if (process.platform !== 'linux' || !root) return false;
  return run('apt-get', ['update', '-q']) && run('apt-get', ['install', '-q', '-y', 'chromium']);
}
