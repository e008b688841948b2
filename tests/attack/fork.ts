import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TENANTS } from '../../entra-local/directory.mjs';
import { test } from '../e2e/fixtures';
import { buildVariant } from '../e2e/variant';

export const canary = 'c4n4ry-of-a-new-page';
const additions: Record<string, string> = {
  'app/apiary/page.tsx': `export default () => <h1>${canary}</h1>;\n`,
  'app/api/plans/route.ts': `export const GET = () => Response.json('${canary}');\n`,
  'app/healthzone/route.ts': `export const GET = () => Response.json('${canary}');\n`,
  'app/vault/page.tsx': `import { requireIdentity } from '@/lib/auth';
export default async function Page() {
  await requireIdentity('/vault');
  return <h1>${canary}</h1>;
}\n`,
  'app/api/vault/route.ts': `import { requireIdentity } from '@/lib/auth';
export async function GET(request: Request) {
  await requireIdentity(request);
  return Response.json('${canary}');
}\n`,
  'app/auth/signed-out/page.tsx': `export default function Page() {
  async function leave() {
    'use server';
    console.log('${canary}');
  }
  return <form action={leave}><button type="submit">Leave</button></form>;
}\n`,
  'app/broken/page.tsx': `import { headers } from 'next/headers';
export default async function Page() {
  await headers();
  throw new Error('broken page');
}\n`,
  'public/plans.txt': `${canary}\n`,
};
/** A language that the app does not have, and how the fork says in it that a page broke. */
export const sixth = { tag: 'cy', broken: 'Aeth rhywbeth o’i le' };
/** What the fork's tenant check says at the end, to organisations that no other row signs in from:
 * it throws for one, says nothing for another, and says yes to a third when it is too late. */
export const late = { afterMs: 17_000, says: 'said yes at last' };
const tenantCheck = `
      async signIn() {
        const { tid } = attempt.claims ?? {};
        if (tid === '${TENANTS.fabrikam.id}') throw new Error('c4n4ry in the message');
        if (tid === '${TENANTS.northwind.id}') return undefined;
        if (tid === '${TENANTS.personal.id}') {
          await new Promise((resolve) => setTimeout(resolve, ${late.afterMs}));
          console.log('${late.says}');
          return true;
        }
`;

/** Puts it in the place of the beginning of the app's own. */
function sabotage(folder: string): void {
  const callback = '\n      async signIn() {\n';
  const file = readdirSync(join(folder, 'lib'))
    .map((name) => join(folder, 'lib', name))
    .find((path) => readFileSync(path, 'utf8').includes(callback));
  if (!file) throw new Error('the signIn callback is not where it was');
  writeFileSync(file, readFileSync(file, 'utf8').replace(callback, tenantCheck));
}

let variant: ReturnType<typeof buildVariant> | undefined;
test.afterAll(() => variant?.remove());

/** A fork that added pages and forgot to decide about them, and whose tenant check is broken; built
 * once, which is why its rows are one file to the runner. */
export function forgetfulFork(): string {
  variant ??= buildVariant((folder) => {
    for (const [file, text] of Object.entries(additions)) {
      mkdirSync(join(folder, file, '..'), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    // One file, and no line anywhere else.
    const german = readFileSync(join(folder, 'lib/words/de.ts'), 'utf8');
    writeFileSync(
      join(folder, `lib/words/${sixth.tag}.ts`),
      german.replace('Etwas ist schiefgegangen', sixth.broken),
    );
    const table = join(folder, 'lib/access.ts');
    const certain = "  '/vault': { certain: true },\n  '/api/vault': { certain: true },\n";
    const lines = readFileSync(table, 'utf8');
    writeFileSync(
      table,
      lines.replace("  '/account': 'signed-in',\n", (one) => one + certain),
    );
    // The frame of every page, which breaks when it is told to.
    const layout = join(folder, 'app/layout.tsx');
    const frame = readFileSync(layout, 'utf8');
    const broken = `await connection();
  if ((await (await import('next/headers')).headers()).has('x-break')) throw new Error('broken');`;
    writeFileSync(layout, frame.replace('await connection();', broken));
    sabotage(folder);
  });
  return variant.standalone;
}
