/** The page for operators, and what is kept in memory for it.
 * @type {import('../without.mjs').Deletion} */
export default {
  says: 'the page for operators, /admin',
  paths: [
    'app/(signed-in)/admin',
    'components/admin-decisions.tsx',
    'components/admin-filter.tsx',
    'components/admin-health.tsx',
    'components/admin-link.tsx',
    'components/admin-rules.tsx',
    'components/admin-table.module.css',
    'components/admin.module.css',
    'lib/access-rows.ts',
    'lib/decision-filter.ts',
    'lib/decisions.ts',
    'lib/health.ts',
    'tests/e2e/admin.test.ts',
    'tests/unit/decision-filter.test.ts',
    'tests/unit/decisions.test.ts',
    'tests/unit/health.test.ts',
  ],
  edits: [
    { file: 'lib/access.ts', find: "  '/admin': { role: 'Admin', certain: true },\n" },
    { file: 'lib/audit.ts', find: "import { keepDecision } from './decisions';\n" },
    {
      file: 'lib/audit.ts',
      find: '  keepDecision(event, nowMs); // before the cap: what the log leaves out is counted there alone\n',
    },
    {
      file: 'app/(signed-in)/account/page.tsx',
      find: "import { AdminLink } from '@/components/admin-link';\n",
    },
    { file: 'app/(signed-in)/account/page.tsx', find: '      <AdminLink />\n' },
    { file: 'bench/builds.mjs', find: "'app/(signed-in)/admin'," },
    {
      file: 'tests/e2e/pages.test.ts',
      find: `  admin: async (page) => {
    await page.goto('/admin');
    await signIn(page, 'Noor de Vries');
    await page.getByRole('button', { name: 'Use another account' }).click();
    await choose(page, 'Ada Berg');
    await expect(page).toHaveURL('/admin');
  },
`,
    },
    {
      file: 'tests/e2e/pages.test.ts',
      find: `  'page-forbidden': async (page) => {
    await page.goto('/admin');
    await signIn(page, 'Farid Nasser');
    await expect(page).toHaveURL('/auth/denied');
  },
`,
    },
  ],
};
