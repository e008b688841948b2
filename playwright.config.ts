import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/chromium.mjs';
import { isInFull } from './tests/in-full';

const executablePath = findChromium();

/** One runner for every test: `unit` needs nothing but Node, `e2e` and `attack` a build (`npm run
 * build`) and a browser. Each worker starts an app and a stand-in of its own. */
export default defineConfig({
  testDir: 'tests',
  // One more than processors: tests wait for servers and timers half of their time.
  workers: availableParallelism() + 1,
  fullyParallel: false,
  forbidOnly: true,
  // A busy machine may be late once. Such a test is listed as flaky, and twice is a failure.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['./tests/attack/report.ts'], ['./tests/summary-reporter.ts']],
  projects: [
    { name: 'unit', testMatch: ['unit/**/*.test.ts', 'boundaries.test.ts'] },
    // The bench's counts need a build of their own: in CI, and by `npm run bench -- --quick`.
    { name: 'e2e', testMatch: 'e2e/**/*.test.ts', testIgnore: isInFull ? [] : '**/bench.test.ts' },
    { name: 'attack', testMatch: 'attack/**/*.test.ts', testIgnore: '**/load.test.ts' },
    // Alone on the machine: its rows fill it.
    { name: 'load', testMatch: 'attack/load.test.ts', dependencies: ['attack'] },
    // Wishes carried out in a copy, and parts taken out (`npm run without`). Alone, at the end.
    { name: 'forks', testMatch: 'forks/**/*.test.ts', dependencies: ['load'] },
    // Each builds a copy with one defence less and runs rows of `attack` there.
    { name: 'prove', testMatch: 'prove/**/*.test.ts', timeout: 600_000 },
  ],
  use: {
    actionTimeout: 15_000,
    contextOptions: { reducedMotion: 'reduce' }, // no colour is measured half-way to another
    trace: 'off', // a trace would hold cookies and codes
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        // Chromium's sandbox cannot be used by root, as in most containers.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    },
  },
});
