/** The set-up page and the flight recorder of `npm run dev`. `npm run setup` and `npm run doctor` stay.
 * @type {import('../without.mjs').Deletion} */
export default {
  says: 'the set-up page and the flight recorder, /setup in development',
  paths: [
    'app/setup',
    'components/setup',
    'setup/door.ts',
    'setup/draft.ts',
    'setup/flights',
    'setup/requests.ts',
    'setup/running.ts',
    'tests/e2e/flights.ts',
    'tests/e2e/setup-absent.test.ts',
    'tests/e2e/setup.test.ts',
    'tests/unit/setup/door.test.ts',
    'tests/unit/setup/flight-checks.test.ts',
    'tests/unit/setup/flights.test.ts',
    'tests/unit/setup/flying.ts',
  ],
  edits: [
    {
      file: 'instrumentation.ts',
      find: `    // The compiler writes NODE_ENV down, so a build holds no flight recorder.
    if (process.env.NODE_ENV === 'development') {
      (await import('./setup/flights/recorder')).installRecorder();
    }
`,
    },
    {
      file: 'lib/access.ts',
      find: `/** The set-up page lives in \`next dev\` alone and has a lock of its own (setup/door.ts). */
const setup: Policy = process.env.NODE_ENV === 'development' ? 'public' : 'absent';

`,
    },
    { file: 'lib/access.ts', find: "  '/setup': setup,\n  '/setup/*': setup,\n\n" },
    {
      file: 'app/layout.tsx',
      find: `              {process.env.NODE_ENV === 'development' && <a href="/setup">{frame.demo.leave}</a>}\n`,
    },
    {
      file: 'scripts/dev.mjs',
      find: `// Whoever reads this terminal may open the set-up page. A machine that runs by itself has no reader.
const setupToken = shell.CI ? undefined : randomBytes(16).toString('base64url');
`,
    },
    {
      file: 'scripts/dev.mjs',
      find: `  ...(setupToken
    ? ['', \`Set up    real accounts, once: http://localhost:\${port}/setup/open?t=\${setupToken}\`]
    : []),
`,
    },
    {
      file: 'scripts/dev.mjs',
      find: `    ...(setupToken && { SETUP_TOKEN: setupToken }),
    SETUP_SHELL_VARIABLES: azureVariables.filter((name) => shell[name]?.trim()).join(' '),
`,
    },
    { file: 'bench/builds.mjs', find: "'app/setup'," },
    { file: 'setup/portal.ts', find: "import type { Audience } from './registration';\n" },
    {
      file: 'setup/portal.ts',
      find: `/** The account types as the admin center names them, in the order in which it shows them.
 * @see https://learn.microsoft.com/entra/identity-platform/quickstart-register-app */
export const accountTypes: Readonly<Record<Audience, { label: string; when: string }>> = {
  AzureADMyOrg: {
    label: 'Accounts in this organizational directory only',
    when: 'one organisation, the one you register in',
  },
  AzureADMultipleOrgs: {
    label: 'Accounts in any organizational directory',
    when: 'several organisations; this app still lets in only those on your list',
  },
  AzureADandPersonalMicrosoftAccount: {
    label: 'Accounts in any organizational directory and personal Microsoft accounts',
    when: 'organisations and personal accounts',
  },
  PersonalMicrosoftAccount: {
    label: 'Personal Microsoft accounts',
    when: 'personal accounts alone',
  },
};

`,
    },
    {
      file: 'tests/unit/access.test.ts',
      find: "['/api/auth/*', '/setup/*']",
      replace: "['/api/auth/*']",
    },
    {
      file: 'tests/unit/access.test.ts',
      find: "['/setup', '/setup/connect', '/api/auth/session']",
      replace: "['/api/auth/session']",
    },
  ],
};
