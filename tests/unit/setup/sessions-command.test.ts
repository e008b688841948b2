import { expect, test } from '@playwright/test';
import { UsageError } from '../../../setup/command';
import { parseCommand } from '../../../setup/sessions/command';

const tenantId = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
const objectId = '5d6f1c8a-2b47-4e90-9a13-c7d8e9f0a1b2';
const asked = { help: false, yes: false, json: false };

test('a person, an organisation or everybody', () => {
  const person = ['revoke', '--tenant', tenantId, '--oid', objectId];
  expect(parseCommand(person)).toEqual({
    ...asked,
    target: { kind: 'person', tenantId, objectId },
  });
  expect(parseCommand(['--json', `--tenant={${tenantId.toUpperCase()}}`, 'revoke'])).toEqual({
    ...{ ...asked, json: true },
    target: { kind: 'tenant', tenantId },
  });
  expect(parseCommand(['revoke', '--all', '-y', '--json'])).toEqual({
    ...{ help: false, yes: true, json: true },
    target: { kind: 'all' },
  });
  expect(parseCommand(['--help'])).toEqual({ help: true });
});

const refused: [why: RegExp, args: string[]][] = [
  [/what to do/, []],
  [/what to do/, ['k3y']],
  [/what to do/, ['revoke', 'k3y', '--all']],
  [/whose/, ['revoke']],
  [/whose/, ['revoke', '--yes']],
  [/needs --tenant/, ['revoke', '--oid', objectId]],
  [/--tenant must be/, ['revoke', '--tenant', 'k3y']],
  [/--tenant must be/, ['revoke', '--tenant', '']],
  [/--tenant must be/, ['revoke', '--tenant', 'k3y.example', '--oid', objectId]],
  [/--tenant must be/, ['revoke', '--tenant', `${tenantId}0`]],
  [/--oid must be/, ['revoke', '--tenant', tenantId, '--oid', 'k3y@contoso.example']],
  [/--oid must be/, ['revoke', '--tenant', tenantId, '--oid', '']],
  [/everybody/, ['revoke', '--all', '--tenant', tenantId]],
  [/everybody/, ['revoke', '--all', '--oid', objectId]],
  [/needs --yes/, ['revoke', '--all', '--json']],
  [/unknown/, ['revoke', '--k3y']],
  [/unknown/, ['revoke', '--tenant']],
];
for (const [why, args] of refused) {
  test(`refused and not repeated: ${args.join(' ') || 'nothing'}`, () => {
    let told = '';
    try {
      parseCommand(args);
    } catch (error) {
      if (error instanceof UsageError) told = error.message;
    }
    expect(told).toMatch(why);
    expect(told).not.toContain('k3y');
  });
}
