/** Next calls this once when a server starts, and never while building. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') (await import('./lib/boot')).boot();
}
