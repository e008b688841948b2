/** Reads a body as UTF-8 text, but never more than `maxBytes` of it.
 * @throws Error `too_large` beyond that, TypeError for what is not UTF-8 */
export async function readText(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<string> {
  const reader = body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw new Error('too_large');
    }
    text += decoder.decode(value, { stream: true });
  }
}
