import { expect, test } from '@playwright/test';
import { parseCommand, UsageError } from '../../../setup/command';

const nothing = { help: false, yes: false, json: false, az: false, secretFromStdin: false };

test('arguments are read', () => {
  expect(parseCommand([])).toEqual(nothing);
  expect(
    parseCommand([
      ...['--yes', '--json', '--az', '--client-id', 'a', '--tenants=b,c'],
      ...['--name', 'My app (test)', '--host', 'app.example.com'],
    ]),
  ).toEqual({
    ...{ ...nothing, yes: true, json: true, az: true, clientId: 'a', tenants: 'b,c' },
    ...{ name: 'My app (test)', origin: 'https://app.example.com' },
  });
  expect(parseCommand(['--yes', '--secret-stdin'])).toEqual({
    ...{ ...nothing, yes: true, secretFromStdin: true },
  });
});

const refused: [what: string, args: string[]][] = [
  ['a secret', ['--client-secret', 'k3y']],
  ['a secret', ['--secret=k3y']],
  ['a secret', ['--AZURE_CLIENT_SECRET=k3y']],
  ['a secret', ['-password', 'k3y']],
  ['something unknown', ['--k3y']],
  ['something unknown', ['--yes', 'k3y']],
  ['something unknown', ['--client-id']],
  ['questions in JSON', ['--json']],
  ['questions to a pipe', ['--secret-stdin']],
  ['two secrets', ['--yes', '--az', '--secret-stdin']],
  ['a host that is none', ['--host', 'http://k3y.example']],
  ['a host that is none', ['--host', 'https://k3y.example/path']],
  ['a host that is none', ['--host', 'https://k3y@app.example']],
  ['a host that is none', ['--host', 'localhost']],
  ['a host that is none', ['--host', 'k3y k3y']],
  ['a name that is a filter', ['--name', "k3y' or 1 eq 1"]],
  ['a name that is an option', ['--name', '--k3y']],
];
for (const [what, args] of refused) {
  test(`${what} is refused and not repeated: ${args.join(' ')}`, () => {
    let told = '';
    try {
      parseCommand(args);
    } catch (error) {
      if (error instanceof UsageError) told = error.message;
    }
    expect(told).not.toBe('');
    expect(told).not.toContain('k3y');
  });
}

test('a secret as an argument is explained', () => {
  expect(() => parseCommand(['--client-secret=x'])).toThrow(/AZURE_CLIENT_SECRET.*--secret-stdin/);
});
