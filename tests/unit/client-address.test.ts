import { expect, test } from '@playwright/test';
import {
  addressFromHeader,
  clientAddress,
  clientKey,
  markedAddress,
} from '../../lib/client-address';

test('without trusted proxies the socket counts, whatever a client writes', () => {
  expect(clientAddress('203.0.113.9', undefined, 0)).toBe('203.0.113.9');
  expect(clientAddress('203.0.113.9', '198.51.100.1', 0)).toBe('203.0.113.9');
});

test('behind proxies the address that the outermost trusted one saw counts', () => {
  const spoofed = '1.1.1.1, 2.2.2.2, 198.51.100.7, 10.0.0.2';
  expect(clientAddress('10.0.0.1', spoofed, 1)).toBe('10.0.0.2');
  expect(clientAddress('10.0.0.1', spoofed, 2)).toBe('198.51.100.7');
});

test('a request that came past the proxies counts by its socket', () => {
  expect(clientAddress('203.0.113.9', undefined, 1)).toBe('203.0.113.9');
  expect(clientAddress('203.0.113.9', '198.51.100.7', 2)).toBe('203.0.113.9');
  expect(clientAddress('203.0.113.9', ' , ', 1)).toBe('203.0.113.9');
});

const keys: [address: string, key: string][] = [
  ['203.0.113.9', '203.0.113.9'],
  ['203.0.113.9:51234', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::ffff', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::9]:443', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::9', '2001:db8:1:3::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['unknown', 'unknown'],
  ['_hidden', '_hidden'],
];
for (const [address, key] of keys) {
  test(`${address} counts as ${key}`, () => {
    expect(clientKey(address)).toBe(key);
  });
}

test('a name that is no address is cut, so that it cannot fill memory', () => {
  expect(clientKey('x'.repeat(10_000))).toHaveLength(64);
});

test('the header counts where this process wrote it, and a client cannot name itself', () => {
  expect(addressFromHeader(markedAddress('192.0.2.7'))).toBe('192.0.2.7');
  expect(addressFromHeader(markedAddress('a b'))).toBe('a b');
  for (const header of [null, '', '192.0.2.7', ' 192.0.2.7', `${crypto.randomUUID()} 192.0.2.7`]) {
    expect(addressFromHeader(header), `${header}`).toBe('unknown');
  }
});
