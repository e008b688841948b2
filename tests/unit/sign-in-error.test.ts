import { expect, test } from '@playwright/test';
import { SignInError } from '../../lib/sign-in-error';
import {
  isSignInErrorCode,
  type SignInErrorFacts,
  signInErrors,
} from '../../lib/sign-in-error-table';
import { inEnglish } from '../../lib/words';

const facts: Record<string, SignInErrorFacts> = signInErrors;
const texts = Object.entries(inEnglish.words.refusals).map(
  ([code, text]) => [code, { ...text, ...(facts[code] as SignInErrorFacts) }] as const,
);

for (const [code, text] of texts) {
  test(`${code} says what happened and what to do, without jargon or codes`, () => {
    for (const words of [text.title, text.happened, text.todo]) {
      expect(words).not.toMatch(/!|AADSTS|OAuth|token|tenant|HTTP|undefined|[<>{}]/i);
      expect(words.length).toBeGreaterThan(10);
    }
    expect([400, 403, 500, 503]).toContain(text.status);
  });
}

test('no two refusals have the same title', () => {
  expect(new Set(texts.map(([, { title }]) => title)).size).toBe(texts.length);
});

test('only the codes of the table are codes', () => {
  for (const [code] of texts) expect(isSignInErrorCode(code)).toBe(true);
  for (const value of ['', 'Configuration', 'constructor', '__proto__', 'toString', 7, null, {}]) {
    expect(isSignInErrorCode(value), String(value)).toBe(false);
  }
});

test('the account that was used is never part of an error’s message or detail', () => {
  const account = { display: 'canary', tenantId: 'canary', objectId: 'canary' };
  const error = new SignInError('tenant_not_allowed', { reason: 'tenant_not_listed' }, account);
  expect(error.account).toEqual(account);
  expect(error.message + JSON.stringify(error.detail)).not.toContain('canary');
});

test('whoever cannot mend it alone is told whom to ask, or offered another account', () => {
  for (const [code, { mendedBy, next, todo }] of texts) {
    if (mendedBy === 'administrator') expect(todo, code).toMatch(/ask your administrator/i);
    if (next === 'admin-consent') expect(mendedBy, code).toBe('administrator');
    if (next === 'support-bundle') expect(mendedBy, code).toBe('operator');
    if (mendedBy === 'you' || mendedBy === 'microsoft') {
      expect(['try-again', 'another-account'], code).toContain(next);
    }
  }
});
