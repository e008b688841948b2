import { expect, test } from '@playwright/test';
import { createRegistration, judgeClientSecret } from '../../../entra-local/registration.mjs';

const registration = createRegistration({
  secrets: [
    { value: 'first', expiresAtSeconds: 100 },
    { value: 'second', expiresAtSeconds: null },
  ],
});

test('two secrets are valid side by side until one expires', () => {
  expect(judgeClientSecret(registration, 'first', 99)).toBe('valid');
  expect(judgeClientSecret(registration, 'second', 99)).toBe('valid');
  expect(judgeClientSecret(registration, 'first', 100)).toBe('expired');
  expect(judgeClientSecret(registration, 'second', 100)).toBe('valid');
});

test('an empty, a shortened and an unknown secret are wrong', () => {
  for (const presented of ['', 'firs', 'first ', 'First', 'third']) {
    expect(judgeClientSecret(registration, presented, 0)).toBe('wrong');
  }
});

test('without secrets every secret is wrong', () => {
  expect(judgeClientSecret(createRegistration({ secrets: [] }), '', 0)).toBe('wrong');
});
