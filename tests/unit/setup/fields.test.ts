import { expect, test } from '@playwright/test';
import { type FieldProblem, readFields, type Typed } from '../../../setup/fields';

const contoso = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
const fabrikam = 'e1f2a3b4-c5d6-4789-9abc-0d1e2f3a4b5c';
const client = '7d9f1c3e-5a2b-4e68-b0d4-2f6a8c1e3b57';
const secret = 'kX~8Q~v1bR.nT4_sLw7-pZc2yHj9mEa5uGdQ0fo';
const right: Typed = { clientId: client, clientSecret: secret, tenants: contoso };

const codesOf = (changes: Partial<Typed>) =>
  readFields({ ...right, ...changes }).problems.map(({ field, code }) => `${field} ${code}`);

test('three right values are read', () => {
  expect(readFields(right)).toEqual({
    clientId: client,
    clientSecret: secret,
    tenantIds: [contoso],
    domains: [],
    problems: [],
  });
});

test('ids are read as people paste them', () => {
  const forms = [
    ` ${client}\r\n`,
    `{${client}}`,
    `"${client}"`,
    client.toUpperCase(),
    `\uFEFF${client}`,
  ];
  for (const typed of forms)
    expect(readFields({ ...right, clientId: typed }).clientId).toBe(client);
  expect(readFields({ ...right, clientSecret: `\t${secret}\r\n` }).clientSecret).toBe(secret);
});

test('a list of tenants is understood with any separator, each tenant once', () => {
  for (const between of [
    ',',
    ', ',
    ';',
    ' ',
    '\t',
    '\n',
    '\r\n',
    ',\n',
    '，',
    '；',
    '、',
    '،',
    ',,;',
  ]) {
    const tenants = `{${contoso.toUpperCase()}}${between}Fabrikam.OnMicrosoft.com${between}"${fabrikam}"${between}${contoso}`;
    const { tenantIds, domains, problems } = readFields({ ...right, tenants });
    expect([tenantIds, domains, problems]).toEqual([
      [contoso, fabrikam],
      ['fabrikam.onmicrosoft.com'],
      [],
    ]);
  }
});

test('every empty field is named at once', () => {
  for (const nothing of ['', ' \t\r\n', '\uFEFF']) {
    expect(codesOf({ clientId: nothing, clientSecret: nothing, tenants: nothing })).toEqual([
      'clientId missing',
      'clientSecret missing',
      'tenants missing',
    ]);
  }
  expect(codesOf({ tenants: ', ; ,{}""' })).toEqual(['tenants missing']);
});

const cyrillic = client.replace('c', 'с').replace('e', 'е');
const fullWidth = client.replace('7', '７');
const unseen = `${client.slice(0, 9)}\u200B${client.slice(9)}`;
const dashes = client.replaceAll('-', '\u2013');
const lookAlikes = [cyrillic, fullWidth, unseen, dashes, `${client}\u200E`, `\u2060${client}`];
const megabyte = 'x'.repeat(1024 * 1024);

const refused: [field: keyof Typed, code: string, typed: string[]][] = [
  [
    'clientId',
    'not_a_guid',
    ['nonsense', client.slice(1), `${client}0`, 'клиент', '💥', secret, '\0'],
  ],
  ['clientId', 'placeholder', ['<client id>', '00000000-0000-0000-0000-000000000000']],
  ['clientId', 'look_alike', lookAlikes],
  ['clientId', 'too_long', [megabyte, `${client}${' '.repeat(500)}`]],
  ['clientSecret', 'secret_id', [contoso, `{${contoso.toUpperCase()}}`, ` ${contoso} `]],
  [
    'clientSecret',
    'placeholder',
    ['<your client secret>', 'your-client-secret', 'xxxxxxxxxxxxxxxx'],
  ],
  ['clientSecret', 'quoted', [`"${secret}"`, `'${secret}'`]],
  ['clientSecret', 'too_short', ['kX~8Q~v1bR.nT4_']],
  ['clientSecret', 'too_long', [megabyte, 'k'.repeat(513)]],
  [
    'clientSecret',
    'line_break',
    [`${secret}\n${secret}`, `kX~8Q\r${secret}`, `kX\0${secret}`, `k\u2028${secret}`],
  ],
  ['clientSecret', 'space', [`kX ${secret}`, `kX\u00A0${secret}`, `Value: ${secret}`]],
  ['clientSecret', 'look_alike', [`kX\u200B${secret}`, `${secret}\u202E`, `k\uD800${secret}`]],
  [
    'tenants',
    'not_a_guid',
    [
      'nonsense',
      `${contoso}0`,
      'ann@contoso.example',
      'https://contoso.example/',
      'contoso..example',
      '-a.example',
      'a.b?c.example',
      'клиент',
      '💥',
    ],
  ],
  ['tenants', 'look_alike', lookAlikes.slice(0, 5)],
  ['tenants', 'tenant_is_authority', ['common', 'Organizations', `${contoso},consumers`]],
  ['tenants', 'placeholder', ['<tenant-id>', '11111111-1111-1111-1111-111111111111']],
  ['tenants', 'too_long', [`${contoso},`.repeat(2000), megabyte]],
  [
    'tenants',
    'too_many',
    [Array.from({ length: 101 }, (_, number) => `t${number}.example`).join()],
  ],
  ['tenants', 'same_as_client', [`${contoso},${client}`]],
];
for (const [field, code, values] of refused) {
  test(`${field}: ${code} is told at the field, and the other fields keep their values`, () => {
    for (const typed of values) {
      const { problems, ...kept } = readFields({ ...right, [field]: typed });
      expect(problems.map((problem) => `${problem.field} ${problem.code}`)).toEqual([
        `${field} ${code}`,
      ]);
      const { message } = problems[0] as FieldProblem;
      expect(message.includes(typed), 'what was typed is not shown again').toBe(false);
      expect(message.length).toBeLessThan(400);
      if (field !== 'clientId') expect(kept.clientId).toBe(client);
      if (field !== 'clientSecret') expect(kept.clientSecret).toBe(secret);
      if (field !== 'tenants') expect(kept.tenantIds).toEqual([contoso]);
      if (field === 'clientId') expect(kept).not.toHaveProperty('clientId');
      if (field === 'clientSecret') expect(kept).not.toHaveProperty('clientSecret');
    }
  });
}

test('one hundred tenants are read, however often one of them is listed', () => {
  const names = Array.from({ length: 100 }, (_, number) => `t${number}.example`);
  const { domains, problems } = readFields({ ...right, tenants: [...names, ...names].join('\n') });
  expect([domains.length, problems]).toEqual([100, []]);
});

test('bad entries are named by their place, each kind once', () => {
  const tenants = `common,x,${contoso},y,organizations,contoso.example`;
  const { problems, tenantIds, domains } = readFields({ ...right, tenants });
  expect(
    problems.map(({ code, message }) => [code, /^Entr.*? (?:is|are)/.exec(message)?.[0]]),
  ).toEqual([
    ['tenant_is_authority', 'Entries 1, 5 are'],
    ['not_a_guid', 'Entries 2, 4 are'],
  ]);
  expect([tenantIds, domains]).toEqual([[contoso], ['contoso.example']]);
});

test('a client ID that is also the tenant is told at the client ID', () => {
  expect(codesOf({ tenants: client })).toEqual(['clientId same_as_tenant']);
  expect(codesOf({ clientId: contoso })).toEqual(['clientId same_as_tenant']);
});

test('every message is one of its own, and says where the right value is', () => {
  for (const [field, , [typed = '']] of refused) {
    for (const { message } of readFields({ ...right, [field]: typed }).problems) {
      expect(message).toMatch(/https:\/\/entra\.microsoft\.com/);
      expect(message).not.toContain('undefined');
    }
  }
});
