import { expect } from '@playwright/test';
import { environmentFindings } from '../../../setup/doctor/environment-checks';
import type { Finding } from '../../../setup/finding';

export const now = Math.floor(Date.now() / 1000);
export const dayFrom = (days: number) =>
  new Date((now + days * 86_400) * 1000).toISOString().slice(0, 10);

export const tenant = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
export const secret = 'kX~8Q~v1bR.nT4_sLw7-pZc2yHj9mEa5uGdQ0fo';
/** A whole configuration, as `readEnvironment` has it. */
export const production: Readonly<Record<string, string>> = {
  NODE_ENV: 'production',
  AZURE_CLIENT_ID: '7d9f1c3e-5a2b-4e68-b0d4-2f6a8c1e3b57',
  AZURE_CLIENT_SECRET: secret,
  AZURE_CLIENT_SECRET_EXPIRES: dayFrom(200),
  AZURE_VALID_TENANT_IDS: tenant,
  AUTH_SECRET: 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=',
  AUTH_URL: 'https://portal.contoso.example',
};
export const development = {
  ...production,
  NODE_ENV: 'development',
  AUTH_URL: 'http://localhost:3000',
};
/** A clone that nobody has configured. */
export const nothing = { NODE_ENV: 'development', AUTH_URL: 'http://localhost:3000' };

/** No finding may repeat a value that was tested. */
export function expectNoValues(findings: unknown, env: Record<string, string | undefined>): void {
  const told = JSON.stringify(findings);
  const values = Object.values(env).filter((value) => value && value.length > 11);
  expect(values.filter((value) => told.includes(value as string))).toEqual([]);
}

/** What is not right with an environment, as `subject code status`; each with a next step. */
export function faultsOf(env: Record<string, string | undefined>): string[] {
  const { findings } = environmentFindings(env, now);
  expectNoValues(findings, env);
  const faults = findings.filter(({ status }) => status !== 'ok');
  expect(faults.filter(({ next }) => !next)).toEqual([]);
  return faults.map(({ subject, code, status }: Finding) => `${subject} ${code} ${status}`);
}
