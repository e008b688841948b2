import { startApp } from '../app-server';
import type { Stack } from '../e2e/fixtures';

/** Runs a row against an app of its own, which remembers nothing of the provider yet.
 * @param env what differs from the variables of the shared one */
export async function withApp(
  stack: Stack,
  env: Record<string, string>,
  run: (own: Stack) => Promise<void>,
): Promise<void> {
  const all = { ...stack.env, ...env };
  const app = await startApp(all);
  try {
    await run({ ...stack, app, env: all });
  } finally {
    await app.stop();
  }
}
