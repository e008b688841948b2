import { expect, test } from '@playwright/test';
import { access } from '../../lib/access';
import { accessDocument } from '../../scripts/access';

test('the tables are aligned Markdown in the order of the file', () => {
  expect(
    accessDocument({
      roles: { Admin: 'Sees a|b.' },
      tenants: { a: { label: 'Contoso', guests: false }, b: {} },
      access: {
        '/team/*': { role: 'Admin', tenants: ['a'] },
        '/team/x': 'public',
        '/': 'public',
      },
    }),
  ).toBe(`## Roles

| role    | what for   |
| ------- | ---------- |
| \`Admin\` | Sees a\\|b. |

## Tenants

| tenant  | tenant id | rule      |
| ------- | --------- | --------- |
| Contoso | \`a\`       | no guests |
|         | \`b\`       |           |

## Routes

| route           | open to                                                     | the line decides about                                                             |
| --------------- | ----------------------------------------------------------- | ---------------------------------------------------------------------------------- |
| \`/team/*\`       | people who are signed in, from Contoso, with the role Admin | **wildcard**: everything below \`/team/\`, not \`/team\` itself, unless \`/team/x\` does |
| \`/team/x\`       | everyone                                                    | this address alone                                                                 |
| \`/\`             | everyone                                                    | this address alone                                                                 |
| everything else | people who are signed in                                    | what no line is for                                                                |
`);
});

test('every line of the app’s own table is in the document, each once', () => {
  const routes = accessDocument({ access });
  for (const line of Object.keys(access)) {
    expect(routes.split(`\n| \`${line}\` `).length, line).toBe(2);
  }
});

test('a wildcard for the whole site leaves nothing else', () => {
  const document = accessDocument({ access: { '/*': 'signed-in' } });
  expect(document).toContain('**wildcard**: everything below `/` |');
  expect(document).not.toContain('everything else');
});
