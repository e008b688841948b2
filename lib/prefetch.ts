/** Where browsers say that nobody is looking yet; the last two are of older ones. */
const purposeHeaders = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'];

/** Whether a browser asks ahead of its visitor: what works once would be used up unseen. */
export function isPrefetch({ headers }: Request): boolean {
  return purposeHeaders.some((name) => /prefetch|preview/.test(headers.get(name) ?? ''));
}
