import { expect, test } from '@playwright/test';
import { parseConfig } from '../../lib/config';
import { ConfigError } from '../../lib/config-problem';
import {
  createExpiryWatch,
  daysUntil,
  dueThreshold,
  type Expiry,
  expiryFromDate,
} from '../../lib/credential-expiry';

const day = 24 * 60 * 60;
const now = Date.parse('2026-03-01T12:00:00Z') / 1000;

test('a day is read as its end in UTC', () => {
  expect(expiryFromDate('2026-03-01')).toBe(Date.parse('2026-03-02T00:00:00Z') / 1000);
  expect(expiryFromDate('2028-02-29')).toBe(Date.parse('2028-03-01T00:00:00Z') / 1000);
});

test('what is no day of the calendar is refused', () => {
  const wrong = [
    ...['', '2026-02-29', '2026-02-30', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00'],
    ...['2026-1-1', '26-01-01', '01/02/2026', '1.2.2026', '2026-03-01T00:00:00Z', '2026-03-01Z'],
    ...['20260301', '12026-03-01', '-2026-03-01', 'never', '90', '２０２６-03-01', '2026-03-01\n'],
  ];
  expect(wrong.filter((text) => expiryFromDate(text) !== undefined)).toEqual([]);
});

test('each threshold is reached to the second, and the narrowest one is told', () => {
  const cases: [secondsLeft: number, threshold: number | undefined, daysLeft: number][] = [
    [400 * day, undefined, 400],
    [60 * day + 1, undefined, 60],
    [60 * day, 60, 60],
    [30 * day + 1, 60, 30],
    [30 * day, 30, 30],
    [7 * day + 1, 30, 7],
    [7 * day, 7, 7],
    [1, 7, 0],
    [0, 0, 0],
    [-1, 0, -1],
    [-90 * day, 0, -90],
  ];
  const told = cases.map(([left]) => [
    left,
    dueThreshold(now + left, now),
    daysUntil(now + left, now),
  ]);
  expect(told).toEqual(cases);
});

test('a server that is never restarted tells of each threshold once', () => {
  const told: Expiry[] = [];
  let clock = now;
  const look = createExpiryWatch(
    () => now + 61 * day,
    () => clock,
    (expiry) => told.push(expiry),
  );
  for (let hour = 0; hour < 65 * 24; hour += 1) {
    look();
    clock += 60 * 60;
  }
  expect(told).toEqual([
    { threshold: 60, daysLeft: 60 },
    { threshold: 30, daysLeft: 30 },
    { threshold: 7, daysLeft: 7 },
    { threshold: 0, daysLeft: 0 },
  ]);
});

test('a renewed credential is quiet until its own expiry is near', () => {
  const told: Expiry[] = [];
  let expiresAt: number | undefined;
  const look = createExpiryWatch(
    () => expiresAt,
    () => now,
    (expiry) => told.push(expiry),
  );
  for (const days of [undefined, 5, 5, 300, 300, 5, undefined, 5, 20]) {
    expiresAt = days === undefined ? undefined : now + days * day;
    look();
  }
  expect(told.map(({ threshold }) => threshold)).toEqual([7, 7, 30]);
});

test.describe('AZURE_CLIENT_SECRET_EXPIRES', () => {
  const parse = (AZURE_CLIENT_SECRET_EXPIRES: string, changes: Record<string, string> = {}) =>
    parseConfig({
      NODE_ENV: 'production',
      AZURE_CLIENT_ID: '7d9f1c3e-5a2b-4e68-b0d4-2f6a8c1e3b57',
      AZURE_CLIENT_SECRET: 'kX~8Q~v1bR.nT4_sLw7-pZc2yHj9mEa5uGdQ0fo',
      AZURE_VALID_TENANT_IDS: '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5',
      AUTH_SECRET: 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=',
      AUTH_URL: 'https://app.example.com',
      AZURE_CLIENT_SECRET_EXPIRES,
      ...changes,
    }).credential;

  test('is read as a day, and a day that is past stops no server', () => {
    expect(parse(' 2020-01-31\n')).toMatchObject({
      kind: 'secret',
      expiresAtSeconds: Date.parse('2020-02-01T00:00:00Z') / 1000,
    });
    expect(parse(' ')).not.toHaveProperty('expiresAtSeconds');
  });

  test('is refused where it is anything else', () => {
    for (const value of ['31/01/2027', '2027-02-30', '"2027-01-31"']) {
      let error: unknown;
      try {
        parse(value);
      } catch (thrown) {
        error = thrown;
      }
      if (!(error instanceof ConfigError)) throw new Error(`${value} was accepted`);
      const [problem, more] = error.problems;
      expect(more).toBeUndefined();
      expect(problem).toMatchObject({
        variable: 'AZURE_CLIENT_SECRET_EXPIRES',
        code: 'not_a_date',
      });
      expect(error.message).not.toContain(value);
    }
  });

  test('says nothing about a certificate, which knows its own end', () => {
    const certificate = { AZURE_CLIENT_SECRET: '', AZURE_CLIENT_CERTIFICATE_PATH: '/entra.pem' };
    expect(parse('2027-01-31', certificate)).toEqual({ kind: 'certificate', path: '/entra.pem' });
  });
});
