/** Reads the address that the app will have in production, as people type it: with or without
 * `https://`. @returns the origin, or in one sentence what is wrong with it */
export function readProductionOrigin(typed: string): { origin: string } | { problem: string } {
  const text = typed.trim();
  if (text.length > 253) return { problem: 'This is longer than an address can be.' };
  if (/^http:/i.test(text)) {
    return {
      problem: 'In production it starts with https://. Microsoft takes http for localhost only.',
    };
  }
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url?.protocol !== 'https:' || !/^[a-z0-9.-]+\.[a-z0-9-]+$/.test(url.hostname)) {
    return { problem: 'This is not an address. Type it like app.example.com.' };
  }
  if (url.pathname !== '/' || url.search || url.hash || url.username || url.password) {
    return {
      problem: 'Leave out everything after the host name: the app needs a host of its own.',
    };
  }
  return { origin: url.origin };
}
