/** The stand-in, and all tests that sign in against it. `ENTRA_LOCAL_URL` stays in lib/config.ts, and is
 * refused for every public address, as before.
 * @type {import('../without.mjs').Deletion} */
export default {
  says: 'the local stand-in for Microsoft Entra ID, and the tests that sign in against it',
  paths: [
    'bench',
    'entra-local',
    'scripts/attack.mjs',
    'scripts/cluster.mjs',
    'scripts/crowd.mjs',
    'scripts/faults-table.mjs',
    'scripts/faults.mjs',
    'scripts/forks.mjs',
    'scripts/servers.mjs',
    'scripts/visitor.mjs',
    'scripts/stand-in.mjs',
    'tests/app-server.ts',
    'tests/attack',
    'tests/axe.ts',
    'tests/e2e',
    'tests/forks',
    'tests/hold.ts',
    'tests/in-full.ts',
    'tests/prove',
    'tests/unit/clouds-sign-in.test.ts',
    'tests/unit/credential-kinds.test.ts',
    'tests/unit/credential-rotation.test.ts',
    'tests/unit/defences.test.ts',
    'tests/unit/documents.test.ts',
    'tests/unit/entra-local',
    'tests/unit/graph-groups.test.ts',
    'tests/unit/setup/clouds.test.ts',
    'tests/unit/setup/connecting.ts',
    'tests/unit/setup/connection-answers.test.ts',
    'tests/unit/setup/connection-certificate.test.ts',
    'tests/unit/setup/connection-mistakes.test.ts',
    'tests/unit/setup/connection-network.test.ts',
    'tests/unit/setup/connection.test.ts',
    'tests/unit/setup/faults.ts',
    'tests/unit/setup/resolve-tenants.test.ts',
    'tests/unit/stand-in-sign-in.ts',
  ],
  edits: [
    {
      file: 'scripts/dev.mjs',
      find: `const standIn = azureVariables.some(setting)
  ? undefined
  : await import('./stand-in.mjs').then(({ startStandIn }) => startStandIn());
`,
    },
    {
      file: 'scripts/dev.mjs',
      find: `  ...(standIn?.lines ?? [
    \`Sign-in   \${setting('ENTRA_LOCAL_URL') || 'Microsoft Entra ID'}, as your environment says\`,
    \`          Redirect URI to register: \${appUrl}/authorization-code/callback\`,
  ]),
`,
      replace: `  'Sign-in   Microsoft Entra ID, as your environment says',
  \`          Redirect URI to register: \${appUrl}/authorization-code/callback\`,
`,
    },
    {
      file: 'scripts/dev.mjs',
      find: `    DEVELOPMENT_DEFAULTS: JSON.stringify({
      AUTH_SECRET: developmentSecret(),
      standIn: standIn?.variables,
    }),
`,
      replace: `    DEVELOPMENT_DEFAULTS: JSON.stringify({ AUTH_SECRET: developmentSecret() }),
`,
    },
    {
      file: 'scripts/dev.mjs',
      find: `next.on('exit', async (code) => {
  await standIn?.close();
  process`,
      replace: `next.on('exit', (code) => {
  process`,
    },
    {
      file: 'scripts/dev.mjs',
      find: `the app in development. Without any Azure setting it runs against the local
 * stand-in for Microsoft Entra ID, which lives in this process; with one, against the real thing. */`,
      replace: `the app in development. */`,
    },
    { file: 'package.json', find: `    "@axe-core/playwright": "4.13.0",\n` },
    { file: 'package.json', find: `    "openid-client": "6.8.9",\n` },
    { file: 'knip.json', find: `    "bench/*.mjs",\n    "bench/meter.cjs",\n` },
    {
      file: 'knip.json',
      find: `    "scripts/deletions/*.mjs",
    "tests/attack/clock.mjs",
    "tests/attack/reroute.mjs"
`,
      replace: `    "scripts/deletions/*.mjs"
`,
    },
    { file: 'package.json', find: `    "cluster": "node scripts/cluster.mjs",\n` },
    { file: 'package.json', find: `    "attack": "node scripts/attack.mjs",\n` },
    { file: 'package.json', find: `    "forks": "node scripts/forks.mjs",\n` },
    { file: 'package.json', find: `    "faults": "node scripts/faults.mjs",\n` },
    { file: 'package.json', find: `    "bench": "node bench/run.mjs",\n` },
    {
      file: 'scripts/test.mjs',
      find: `const names = ['unit', 'e2e', 'attack', 'load'];
// Ten minutes more, for changes that everybody gets (scripts/forks.mjs).
if (process.env.CI) names.push('forks');
`,
      replace: `const names = ['unit'];
`,
    },
    { file: 'playwright.config.ts', find: `import { isInFull } from './tests/in-full';\n` },
    {
      file: 'playwright.config.ts',
      find: `    // The bench's counts need a build of their own: in CI, and by \`npm run bench -- --quick\`.
    { name: 'e2e', testMatch: 'e2e/**/*.test.ts', testIgnore: isInFull ? [] : '**/bench.test.ts' },
    { name: 'attack', testMatch: 'attack/**/*.test.ts', testIgnore: '**/load.test.ts' },
    // Alone on the machine: its rows fill it.
    { name: 'load', testMatch: 'attack/load.test.ts', dependencies: ['attack'] },
    // Wishes carried out in a copy, and parts taken out (\`npm run without\`). Alone, at the end.
    { name: 'forks', testMatch: 'forks/**/*.test.ts', dependencies: ['load'] },
    // Each builds a copy with one defence less and runs rows of \`attack\` there.
    { name: 'prove', testMatch: 'prove/**/*.test.ts', timeout: 600_000 },
`,
    },
    {
      file: 'playwright.config.ts',
      find: `['list'], ['./tests/attack/report.ts'], `,
      replace: `['list'], `,
    },
  ],
};
