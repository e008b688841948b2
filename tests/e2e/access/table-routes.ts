import { TENANTS } from '../../../entra-local/directory.mjs';
import type { Tables } from './recipes';

const { contoso, fabrikam, northwind } = TENANTS;

/** The routes of the table, one for each kind of policy. `strong` is recipe 8's context, `Planner`
 * recipe 5's group, `Partner` recipe 6's role. */
const policies = {
  'signed-in': 'signed-in',
  role: { role: 'Admin' },
  'role-by-lock': 'signed-in', // page, action and handler ask for more by requireRole()
  'role-by-group': { role: 'Planner' },
  tenants: { tenants: [contoso.id, northwind.id] },
  'no-guests': { guests: false },
  'role-and-tenants': { role: 'Admin', tenants: [northwind.id] },
  recent: { maxAgeSeconds: 300 },
  'recent-and-role': { maxAgeSeconds: 300, role: 'Admin' },
  context: { context: 'strong' },
  'wing/room': undefined, // by the wildcard above it
  'wing/hall': 'signed-in',
  'wing/annex/door': undefined,
} as const;

export type RouteName = keyof typeof policies;
export const routeNames = Object.keys(policies) as RouteName[];

const wildcards = {
  '/wing/*': { role: 'Admin' },
  '/wing/annex/*': { tenants: [fabrikam.id] },
};

/** Only who may open a route gets to see this. */
export const canary = (path: string) => `c4n4ry of ${path}`;

/** The line that an action writes when it runs. */
export const acted = (path: string) => `acted at ${path}`;

const lockOf = (path: string, place: string) =>
  path.endsWith('by-lock') ? `requireRole('Admin', ${place})` : `requireIdentity(${place})`;

const page = (path: string) => `import { redirect } from 'next/navigation';
import { requireIdentity, requireRole } from '@/lib/auth';
export default async function Page() {
  await ${lockOf(path, `'${path}'`)};
  async function act() {
    'use server';
    await ${lockOf(path, `'${path}'`)};
    console.log('${acted(path)}');
    redirect('/account?acted=${path.slice(1)}');
  }
  return <form action={act}><h1>${canary(path)}</h1><button type="submit">Act</button></form>;
}\n`;

const handler = (path: string) => `import { requireIdentity, requireRole } from '@/lib/auth';
export async function GET(request: Request) {
  await ${lockOf(path, 'request')};
  return Response.json('${canary(path)}');
}\n`;

export const pathOf = (name: string) => `/table/${name}`;
const paths = routeNames.map(pathOf);

const tables: Tables = {
  roles: {},
  tenants: { [northwind.id]: { guests: false, roles: ['Admin'] } },
  access: Object.fromEntries(
    ['', '/api'].flatMap((above) => [
      ...Object.entries(policies)
        .filter(([, policy]) => policy)
        .map(([name, policy]) => [above + pathOf(name), policy]),
      ...Object.entries(wildcards).map(([line, policy]) => [`${above}/table${line}`, policy]),
    ]),
  ),
};

/** What the table needs of the fork beside the recipes: a page with a Server Action and a route
 * handler for every policy, and one more rule. */
export const additions = {
  tables,
  files: Object.fromEntries(
    paths.flatMap((path) => [
      [`app${path}/page.tsx`, page(path)],
      [`app/api${path}/route.ts`, handler(`/api${path}`)],
    ]),
  ),
};
