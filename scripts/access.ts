/** `npm run access`: prints the tables of lib/access.ts as Markdown, in the order of the file and as
 * a build has them. */
import { fileURLToPath } from 'node:url';
import type { AccessTables } from '../lib/access-check';
import { policyInWords, tenantRuleInWords } from '../lib/policy-words';
import type { RoutePolicies } from '../lib/route-policy';
import { markdownTable } from './markdown-table';

const code = (text: string) => `\`${text}\``;
const cell = (text: string) => text.replaceAll('|', '\\|');

/** What a line decides about. The most specific one wins, so a wildcard names what it leaves. */
function reachOf(line: string, routes: RoutePolicies): string {
  if (!line.endsWith('/*')) return 'this address alone';
  const above = line.slice(0, -1);
  const itself = above === '/' ? '' : `, not ${code(above.slice(0, -1))} itself`;
  const narrower = Object.keys(routes).filter((one) => one !== line && one.startsWith(above));
  const but = narrower.length > 0 ? `, unless ${narrower.map(code).join(', ')} does` : '';
  return `**wildcard**: everything below ${code(above)}${itself}${but}`;
}

function routesTable(routes: RoutePolicies, labelOf: (tenantId: string) => string): string {
  const rows = Object.entries(routes).map(([line, policy]) => [
    ...[code(line), cell(policyInWords(policy, labelOf)), reachOf(line, routes)],
  ]);
  if (!Object.hasOwn(routes, '/*')) {
    rows.push(['everything else', policyInWords('signed-in'), 'what no line is for']);
  }
  return markdownTable(['route', 'open to', 'the line decides about'], rows);
}

/** The tables as Markdown. A table with nothing in it is left out. */
export function accessDocument({
  access,
  roles = {},
  tenants = {},
}: Partial<AccessTables> & Pick<AccessTables, 'access'>): string {
  const labelOf = (tenantId: string) => tenants[tenantId]?.label ?? tenantId;
  const parts = [
    {
      title: 'Roles',
      head: ['role', 'what for'],
      rows: Object.entries(roles).map(([role, purpose]) => [code(role), cell(purpose)]),
    },
    {
      title: 'Tenants',
      head: ['tenant', 'tenant id', 'rule'],
      rows: Object.entries(tenants).map(([id, rule]) => [
        ...[cell(rule.label ?? ''), code(id), cell(tenantRuleInWords(rule))],
      ]),
    },
  ];
  return [
    ...parts
      .filter(({ rows }) => rows.length > 0)
      .map(({ title, head, rows }) => `## ${title}\n\n${markdownTable(head, rows)}\n`),
    `## Routes\n\n${routesTable(access, labelOf)}\n`,
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  Object.assign(process.env, { NODE_ENV: 'production' });
  const tables = await import('../lib/access');
  process.stdout.write(accessDocument(tables));
}
