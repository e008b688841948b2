import { expect, test } from '@playwright/test';
import { readProductionOrigin } from '../../../setup/production-origin';

for (const typed of ['app.example.com', ' https://App.Example.com/ ', 'HTTPS://app.example.com']) {
  test(`${typed} is an origin`, () => {
    expect(readProductionOrigin(typed)).toEqual({ origin: 'https://app.example.com' });
  });
}
test('a port is kept', () => {
  expect(readProductionOrigin('app.example.com:8443')).toEqual({
    origin: 'https://app.example.com:8443',
  });
});

for (const typed of [
  ...['http://app.example.com', 'app.example.com/path', 'https://u:p@app.example.com', 'a b.com'],
  ...[
    'https://app.example.com?x=1',
    'https://app.example.com#x',
    'javascript:alert(1)',
    'localhost',
  ],
  ...['ftp://app.example.com', '<b>', `${'a'.repeat(300)}.com`],
]) {
  test(`${typed.slice(0, 40)} is refused with a sentence that does not repeat it`, () => {
    const read = readProductionOrigin(typed);
    expect(read).toHaveProperty('problem');
    expect(JSON.stringify(read)).not.toContain(typed);
  });
}
