import { expect, test } from '@playwright/test';
import { parseConfig } from '../../lib/config';
import { ConfigError } from '../../lib/config-problem';

const parse = (changes: Record<string, string>) =>
  parseConfig({
    AZURE_CLIENT_ID: '7d9f1c3e-5a2b-4e68-b0d4-2f6a8c1e3b57',
    AZURE_CLIENT_SECRET: 'kX~8Q~v1bR.nT4_sLw7-pZc2yHj9mEa5uGdQ0fo',
    AZURE_VALID_TENANT_IDS: '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5',
    AUTH_SECRET: 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=',
    AUTH_URL: 'https://app.example.com',
    ...changes,
  });

function problemOf(variable: string, value: string) {
  try {
    parse({ [variable]: value });
    return undefined;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    if (value.length > 4) expect(error.message).not.toContain(value);
    expect(error.problems).toHaveLength(1);
    return error.problems[0];
  }
}

test('limits are read in the unit of their name', () => {
  expect(
    parse({ SESSION_IDLE_MINUTES: '15', SESSION_LIFETIME_HOURS: ' 8 ', TRUSTED_PROXY_HOPS: '2' }),
  ).toMatchObject({
    sessionIdleSeconds: 15 * 60,
    sessionLifetimeSeconds: 8 * 60 * 60,
    trustedProxyHops: 2,
  });
});

for (const variable of [
  'SESSION_IDLE_MINUTES',
  'SESSION_LIFETIME_HOURS',
  'TRUSTED_PROXY_HOPS',
  'SHUTDOWN_DELAY_SECONDS',
]) {
  test(`${variable} must be a whole number within its bounds`, () => {
    for (const value of [
      '-1',
      '2.75',
      '1e3',
      'many',
      '987654321',
      '1234567-canary',
      '0x1f',
      'NaN',
    ]) {
      expect(problemOf(variable, value), value).toMatchObject({ variable, code: 'not_in_range' });
    }
  });
}

test('a session without idle time or lifetime is refused, and no proxy is allowed', () => {
  expect(() => parse({ SESSION_IDLE_MINUTES: '0' })).toThrow(ConfigError);
  expect(() => parse({ SESSION_LIFETIME_HOURS: '0' })).toThrow(ConfigError);
  expect(parse({ TRUSTED_PROXY_HOPS: '0' }).trustedProxyHops).toBe(0);
});

test('a server that ends waits three seconds for load balancers, thirty at most', () => {
  expect(parse({}).shutdownDelaySeconds).toBe(3);
  expect(parse({ SHUTDOWN_DELAY_SECONDS: '0' }).shutdownDelaySeconds).toBe(0);
  expect(parse({ SHUTDOWN_DELAY_SECONDS: '30' }).shutdownDelaySeconds).toBe(30);
  expect(() => parse({ SHUTDOWN_DELAY_SECONDS: '31' })).toThrow(ConfigError);
});

const flags = [
  { name: 'AZURE_ALLOW_GUESTS', property: 'allowGuests', unset: true },
  { name: 'AZURE_READ_GROUPS', property: 'readGroups', unset: false },
] as const;
for (const { name, property, unset } of flags) {
  test(`${name} is true, false or unset, and nothing that only looks like it`, () => {
    expect(parse({ [name]: 'true' })[property]).toBe(true);
    expect(parse({ [name]: 'false' })[property]).toBe(false);
    expect(parse({ [name]: '' })[property]).toBe(unset);
    expect(parse({})[property]).toBe(unset);
    for (const value of ['no', '0', 'FALSE', 'off', 'yes', '1']) {
      expect(problemOf(name, value)).toMatchObject({ code: 'not_a_flag' });
    }
  });
}

test('the moment before which sessions are over is read with its time zone', () => {
  const moment = Date.parse('2026-01-31T09:00:00Z') / 1000;
  for (const value of [
    '2026-01-31T09:00:00Z',
    '2026-01-31T10:00+01:00',
    '2026-01-31T09:00:00.5Z',
  ]) {
    expect(parse({ SESSION_EPOCH: value }).sessionEpochSeconds, value).toBe(moment);
  }
  expect(parse({ SESSION_EPOCH: '' }).sessionEpochSeconds).toBe(0);
});

test('a moment that nobody can be sure of is refused, and one still to come', () => {
  for (const value of [
    '2026-02-28',
    '31.01.2026 09:00',
    '2026-02-28T09:00:00',
    '1769850000',
    'now',
  ]) {
    expect(problemOf('SESSION_EPOCH', value)?.code, value).toBe('not_a_moment');
  }
  expect(problemOf('SESSION_EPOCH', '2026-13-31T09:00:00Z')?.code).toBe('not_a_moment');
  const future = new Date(Date.now() + 60 * 60 * 1000).toISOString();
  expect(problemOf('SESSION_EPOCH', future)?.code).toBe('in_the_future');
});
