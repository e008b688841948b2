import { expect, test } from '@playwright/test';
import { parseConfig } from '../../lib/config';
import { ConfigError } from '../../lib/config-problem';

const contoso = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
const fabrikam = 'e1f2a3b4-c5d6-4789-9abc-0d1e2f3a4b5c';
const personal = '9188040d-6c67-4c5b-b112-36a304b66dad';
const valid: Record<string, string | undefined> = {
  NODE_ENV: 'production',
  AZURE_CLIENT_ID: '7d9f1c3e-5a2b-4e68-b0d4-2f6a8c1e3b57',
  AZURE_CLIENT_SECRET: 'kX~8Q~v1bR.nT4_sLw7-pZc2yHj9mEa5uGdQ0fo',
  AZURE_VALID_TENANT_IDS: contoso,
  AUTH_SECRET: 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=',
  AUTH_URL: 'https://app.example.com',
};
const parse = (changes: Record<string, string | undefined> = {}) =>
  parseConfig({ ...valid, ...changes });

function codesOf(changes: Record<string, string | undefined>): string[] {
  try {
    parse(changes);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ variable, code }) => `${variable} ${code}`);
  }
}

test.describe('AUTH_URL', () => {
  const accepted: [value: string, origin: string][] = [
    ['https://app.example.com', 'https://app.example.com'],
    ['https://APP.example.com:8443/', 'https://app.example.com:8443'],
    ['https://app.example.com:443', 'https://app.example.com'],
    [' https://app.example.com\n', 'https://app.example.com'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
  ];
  const refused: [value: string, code: string][] = [
    ['https://app.example.com/app', 'not_an_origin'],
    ['https://app.example.com/?x=1', 'not_an_origin'],
    ['https://app.example.com/#top', 'not_an_origin'],
    ['https://user@app.example.com', 'not_an_origin'],
    ['https://:password@app.example.com', 'not_an_origin'],
    ['app.example.com', 'not_an_origin'],
    ['not a url', 'not_an_origin'],
    ['javascript:alert(1)', 'not_an_origin'],
    ['ftp://app.example.com', 'not_an_origin'],
    ['https://', 'not_an_origin'],
    ['http://app.example.com', 'not_https'],
    ['http://0.0.0.0:3000', 'not_https'],
    ['http://localhost.evil.example', 'not_https'],
    ['http://192.168.0.10', 'not_https'],
  ];
  for (const mode of ['production', 'development']) {
    for (const [value, origin] of accepted) {
      test(`${JSON.stringify(value)} is the origin ${origin} in ${mode}`, () => {
        expect(parse({ NODE_ENV: mode, AUTH_URL: value }).origin).toBe(origin);
      });
    }
    for (const [value, code] of refused) {
      test(`${JSON.stringify(value)} is refused as ${code} in ${mode}`, () => {
        expect(codesOf({ NODE_ENV: mode, AUTH_URL: value })).toEqual([`AUTH_URL ${code}`]);
      });
    }
  }

  for (const mode of ['development', 'test']) {
    test(`unset, it is localhost on PORT or 3000 in ${mode}`, () => {
      const unset = { NODE_ENV: mode, AUTH_URL: undefined };
      expect(parse(unset).origin).toBe('http://localhost:3000');
      expect(parse({ ...unset, PORT: '' }).origin).toBe('http://localhost:3000');
      expect(parse({ ...unset, PORT: '4100' }).origin).toBe('http://localhost:4100');
      expect(parse({ ...unset, AUTH_URL: '', PORT: '4100' }).origin).toBe('http://localhost:4100');
    });
  }

  for (const mode of ['production', 'staging', 'Development', ' development', '', undefined]) {
    test(`NODE_ENV ${JSON.stringify(mode)} counts as production: an address is required`, () => {
      expect(codesOf({ NODE_ENV: mode, AUTH_URL: undefined })).toEqual(['AUTH_URL missing']);
    });
  }

  test('a PORT that is no port is refused', () => {
    for (const port of ['garbage', '3000/path', '99999', '3000@evil.example']) {
      const changes = { NODE_ENV: 'development', AUTH_URL: undefined, PORT: port };
      expect(codesOf(changes)).toHaveLength(1);
    }
  });

  test('PORT does not change an address that is set', () => {
    expect(parse({ PORT: '8080' }).origin).toBe('https://app.example.com');
  });
});

test.describe('ENTRA_LOCAL_URL', () => {
  const loopback = { AUTH_URL: 'http://localhost:3000' };

  test('the stand-in replaces where requests go and names nothing of Microsoft', () => {
    for (const url of ['http://127.0.0.1:4000', 'http://localhost:4000/', 'http://[::1]:4000']) {
      const { authority, demo } = parse({ ...loopback, ENTRA_LOCAL_URL: url });
      expect(demo).toBe(true);
      expect(authority).toEqual({
        origin: 'https://entra-local.invalid',
        segment: contoso,
        locationOrigin: new URL(url).origin,
      });
    }
  });

  const refused: [value: string, code: string][] = [
    ['http://entra.example.com', 'not_loopback'],
    ['http://192.168.0.10:4000', 'not_loopback'],
    ['http://127.0.0.1.evil.example', 'not_loopback'],
    ['http://0.0.0.0:4000', 'not_loopback'],
    ['https://127.0.0.1:4000', 'not_loopback'],
    ['https://login.microsoftonline.com', 'not_loopback'],
    ['http://127.0.0.1:4000/path', 'not_an_origin'],
    ['http://user@127.0.0.1:4000', 'not_an_origin'],
    ['127.0.0.1:4000', 'not_an_origin'],
    ['true', 'not_an_origin'],
  ];
  for (const [value, code] of refused) {
    test(`${value} is refused as ${code}`, () => {
      expect(codesOf({ ...loopback, ENTRA_LOCAL_URL: value })[0]).toBe(`ENTRA_LOCAL_URL ${code}`);
    });
  }

  for (const mode of ['production', 'development']) {
    test(`the stand-in beside a public address is refused in ${mode}`, () => {
      expect(codesOf({ NODE_ENV: mode, ENTRA_LOCAL_URL: 'http://127.0.0.1:4000' })).toEqual([
        'ENTRA_LOCAL_URL not_loopback',
      ]);
    });
  }

  test('production without an address does not fall back to the stand-in', () => {
    expect(codesOf({ AUTH_URL: '', ENTRA_LOCAL_URL: 'http://127.0.0.1:4000' })).toEqual([
      'AUTH_URL missing',
    ]);
    expect(parse().demo).toBe(false);
  });
});

test.describe('AZURE_ISSUER_URI', () => {
  const host = 'https://login.microsoftonline.com';
  const accepted: [uri: string, segment: string][] = [
    [`${host}/${contoso}/v2.0`, contoso],
    [`${host}/${contoso}/v2.0/`, contoso],
    [`${host}/${contoso.toUpperCase()}/v2.0`, contoso],
    ['HTTPS://LOGIN.MICROSOFTONLINE.COM/Common/V2.0', 'common'],
    [`${host}/organizations/v2.0`, 'organizations'],
    [`${host}/common/v2.0/`, 'common'],
  ];
  for (const [uri, segment] of accepted) {
    test(`${uri} overrides the authority with ${segment}`, () => {
      expect(parse({ AZURE_ISSUER_URI: uri }).authority.segment).toBe(segment);
    });
  }

  const contradictions: [uri: string, tenants: string[]][] = [
    [`${host}/${contoso}/v2.0`, [contoso, personal]],
    [`${host}/organizations/v2.0`, [contoso, personal]],
    [`${host}/organizations/v2.0`, [personal]],
    [`${host}/consumers/v2.0`, [contoso, personal]],
    [`${host}/${personal}/v2.0`, [contoso]],
  ];
  for (const [AZURE_ISSUER_URI, tenants] of contradictions) {
    test(`${AZURE_ISSUER_URI} contradicts a list of ${tenants.join(' and ')}`, () => {
      expect(codesOf({ AZURE_ISSUER_URI, AZURE_VALID_TENANT_IDS: tenants.join() })).toEqual([
        'AZURE_ISSUER_URI issuer_excludes_tenants',
      ]);
    });
  }

  test('contradictions are reported together with the problems of single variables', () => {
    expect(
      codesOf({
        AZURE_CLIENT_ID: 'garbage',
        AZURE_ISSUER_URI: `${host}/consumers/v2.0`,
        ENTRA_LOCAL_URL: 'http://127.0.0.1:4000',
        AUTH_SECRET: '',
      }),
    ).toEqual([
      'AZURE_CLIENT_ID not_a_guid',
      'AUTH_SECRET missing',
      'AZURE_ISSUER_URI issuer_excludes_tenants',
      'ENTRA_LOCAL_URL not_loopback',
    ]);
  });
});

const authorities: [segment: string, tenants: string[]][] = [
  [contoso, [contoso]],
  ['organizations', [contoso, fabrikam]],
  ['common', [contoso, personal]],
  ['common', [contoso, fabrikam, personal]],
  ['consumers', [personal]],
];
for (const [segment, tenants] of authorities) {
  test(`the authority of ${tenants.length} tenants, first ${tenants[0]}, is ${segment}`, () => {
    expect(parse({ AZURE_VALID_TENANT_IDS: tenants.join() }).authority.segment).toBe(segment);
  });
}
