/**
 * Keeps at most `most` entries, the newest: the stand-in runs for days beside a development server.
 * @template V @param {Map<string, V>} map @param {number} most @param {string} key @param {V} value
 */
export function remember(map, most, key, value) {
  const oldest = map.keys().next().value;
  if (map.size >= most && oldest !== undefined) map.delete(oldest);
  map.set(key, value);
}
