import { expect, test } from '@playwright/test';
import { aadstsOf, answerOf, startEntra, Visitor } from './visitor';

const entra = startEntra();
const ADA = 'ada@contoso.example';

for (const claims of [
  '',
  'acrs',
  '{',
  'null',
  '"c1"',
  '[]',
  '{"id_token":null}',
  '{"id_token":"acrs"}',
  '{"id_token":[]}',
  '{"id_token":{"acrs":null}}',
  '{"id_token":{"acrs":"c1"}}',
  '{"id_token":{"acrs":["c1"]}}',
  '{"id_token":{"acrs":{}}}',
  '{"id_token":{"acrs":{"value":"c1"}}}',
  '{"id_token":{"acrs":{"essential":false,"value":"c1"}}}',
  '{"id_token":{"acrs":{"essential":"true","value":"c1"}}}',
  '{"id_token":{"acrs":{"essential":true}}}',
  '{"id_token":{"acrs":{"essential":true,"value":""}}}',
  '{"id_token":{"acrs":{"essential":true,"value":1}}}',
  '{"id_token":{"acrs":{"essential":true,"value":["c1"]}}}',
  '{"id_token":{"acrs":{"essential":true,"values":["c1","c2"]}}}',
  '{"id_token":{"acrs":{"essential":true,"value":"c1","values":["c2"]}}}',
]) {
  test(`claims "${claims}" is sent back as invalid_request with AADSTS90100`, async () => {
    const answer = answerOf(await new Visitor(entra).authorize({ claims }));
    expect(answer.get('error')).toBe('invalid_request');
    expect(aadstsOf(answer)).toBe(90100);
    expect(answer.has('code')).toBe(false);
  });
}

test('two claims are sent back as repeated, with AADSTS9000411', async () => {
  const answer = answerOf(await new Visitor(entra).authorize({ claims: ['{}', '{}'] }));
  expect(aadstsOf(answer)).toBe(9000411);
});

for (const claims of [
  '{}',
  '{"id_token":{}}',
  '{"userinfo":{"name":null}}',
  '{"access_token":{"xms_cc":{"values":["cp1"]}}}',
  '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}',
  '{"id_token":{"auth_time":{"essential":true},"__proto__":null}}',
]) {
  test(`claims ${claims} asks for no authentication context`, async () => {
    const answer = await new Visitor(entra).signIn(ADA, { claims });
    expect(answer.get('code')).toBeTruthy();
  });
}
