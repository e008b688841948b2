import { expect, test } from '@playwright/test';
import { createRegistration, judgeClientSecret } from '../../../entra-local/registration.mjs';
import { aadstsOf, answerOf, startEntra, tokenRequest, Visitor } from './visitor';

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

test('a provider without PKCE gives a code without a challenge and takes any verifier', async () => {
  const plain = { code_challenge: null, code_challenge_method: null };
  const entra = startEntra();
  const refused = await new Visitor(entra).authorize(plain);
  expect(aadstsOf(answerOf(refused))).toBe(50147);

  entra.control.patchRegistration({ requiresPkce: false });
  for (const code_verifier of [null, 'x', 'x'.repeat(43)]) {
    const answer = await new Visitor(entra).signIn('ada@contoso.example', plain);
    const request = tokenRequest(entra, answer.get('code') ?? '', { code_verifier });
    expect((await entra.handle(request)).status, `${code_verifier}`).toBe(200);
  }
});
