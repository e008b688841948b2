/** Loaded into stock next-auth for its sign-in: Microsoft's hosts are the stand-in, whose metadata names
 * hosts that do not exist. Photos come from the bench, since the stand-in has none. */
const genuine = globalThis.fetch;

/** @param {string} url */
function placeOf(url) {
  const { hostname, pathname, search } = new URL(url);
  if (hostname === 'graph.microsoft.com') return process.env.BENCH_PHOTO_URL + pathname;
  const isMicrosoft = ['login.microsoftonline.com', 'entra-local.invalid'].includes(hostname);
  return isMicrosoft ? process.env.BENCH_ENTRA_URL + pathname + search : url;
}

globalThis.fetch = (input, init) =>
  input instanceof Request
    ? genuine(new Request(placeOf(input.url), input), init)
    : genuine(placeOf(String(input)), init);
