/** Next calls this once when a server starts, and never while building. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    // The compiler writes NODE_ENV down, so a build holds no flight recorder.
    if (process.env.NODE_ENV === 'development') {
      (await import('./setup/flights/recorder')).installRecorder();
    }
    (await import('./lib/boot')).boot();
  }
}
