import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { decodeBase64Url, encodeBase64Url } from '../../lib/base64url';

test('bytes come back from their one spelling, which is everybody’s', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = encodeBase64Url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64url'));
      expect(decodeBase64Url(text)).toEqual(Uint8Array.from(bytes));
    }),
  );
});

test('whatever is no such spelling is refused', () => {
  const texts = [
    'A',
    'AAAAA',
    'AA==',
    'AA=',
    'A+A',
    'A/A',
    'AA A',
    'AA\n',
    'ÄA',
    'A\u0141',
    '😀',
    'AB',
    'AAB',
  ];
  for (const text of texts) expect(decodeBase64Url(text), text).toBeUndefined();
});

test('two texts that differ are never the same bytes', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), (text) => {
      const bytes = decodeBase64Url(text);
      if (bytes) expect(encodeBase64Url(bytes)).toBe(text);
    }),
  );
  for (const last of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
    const bytes = decodeBase64Url(`A${last}`);
    if (bytes) expect(encodeBase64Url(bytes)).toBe(`A${last}`);
  }
});
