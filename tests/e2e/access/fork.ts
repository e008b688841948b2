import { listen } from '../../../entra-local/serve.mjs';
import { startApp } from '../../app-server';
import { test as base, environmentFor, type Stack } from '../fixtures';
import { buildVariant } from '../variant';
import { applyRecipes } from './recipes';
import { additions } from './table-routes';

export { expect } from '../fixtures';

/** A stack whose app is a fork with every recipe of docs/access.md in it. */
export type Fork = Stack & {
  /** The build, to start it with other variables. */
  standalone: string;
};

/** Built once for all tests of access.test.ts, which is why they are one file to the runner. */
export const test = base.extend<object, { fork: Fork }>({
  fork: [
    async ({ listed }, use) => {
      const variant = buildVariant((folder) => applyRecipes(folder, additions));
      const entra = await listen({ port: 0 });
      const tenantIds = listed.map((name) => entra.tenants[name]);
      const env = { ...environmentFor(entra), AZURE_VALID_TENANT_IDS: tenantIds.join(',') };
      const app = await startApp(env, variant.standalone);
      await use({ entra, app, env, standalone: variant.standalone });
      await app.stop();
      await entra.close();
      variant.remove();
    },
    { scope: 'worker', timeout: 400_000 },
  ],
  stack: [async ({ fork }, use) => use(fork), { scope: 'worker', timeout: 400_000 }],
});

/** An app of its own beside the fork's: the same build and secrets with other variables. Sessions of
 * one are good in the other, so far as the variables let them. */
export async function withTwin<T>(
  { app, env, standalone }: Fork,
  changes: Record<string, string>,
  use: (twin: Stack['app']) => Promise<T>,
): Promise<T> {
  const twin = await startApp({ ...env, AUTH_URL: app.url, ...changes }, standalone);
  try {
    return await use(twin);
  } finally {
    await twin.stop();
  }
}
