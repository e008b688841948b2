import { expect, test } from '@playwright/test';
import { parseReturnTo } from '../../lib/return-to';
import { policyOf } from '../../lib/route-policy';
import { site } from '../../lib/site';
import { accessRequestLink, supportLink } from '../../lib/support-mail';
import { organisationName } from '../../lib/tenant-rules';
import { inEnglish } from '../../lib/words';

const { mail } = inEnglish.words;

test('an organisation without a name is shown by its tenant id', () => {
  expect(organisationName('9188040d-6c67-4c5b-b112-36a304b66dad')).toBe(
    'Personal Microsoft account',
  );
  const unnamed = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
  expect(organisationName(unnamed)).toBe(unnamed);
});

test('people who came for no certain page land on a page that is theirs alone', () => {
  expect(parseReturnTo(site.homePath)).toBe(site.homePath);
  expect(policyOf(site.homePath)).toBe('signed-in');
});

/** A mail's subject and body, as a mail program reads the link (RFC 6068). */
function mailOf(link: string) {
  const { protocol, pathname, searchParams } = new URL(link);
  expect([protocol, pathname]).toEqual(['mailto:', site.support.email]);
  expect(link).toMatch(/^[\x21-\x7e]+$/);
  return { subject: searchParams.get('subject'), body: searchParams.get('body') };
}

test('a mail to support carries the number of the incident and its details', () => {
  expect(mailOf(supportLink(mail))).toEqual({ subject: `${site.name} sign-in`, body: null });
  const details = [
    ['Number', '1a2b3c4d'],
    ['Time', '2026-09-21 14:13:20 UTC'],
  ] as const;
  expect(mailOf(supportLink(mail, '1a2b3c4d', details))).toEqual({
    subject: `${site.name} sign-in, number 1a2b3c4d`,
    body: '\r\n\r\nNumber: 1a2b3c4d\r\nTime: 2026-09-21 14:13:20 UTC',
  });
});

test('whoever asks for access names the organisation by the id that the operator needs', () => {
  const contoso = '3f8e5c1a-92b7-4d06-a1c4-7e5d0b9f2a61';
  const unnamed = '5b3c2d14-7a6e-4f90-8c21-d0e9f8a7b6c5';
  const body = (tenantId?: string) => mailOf(accessRequestLink(mail, tenantId, '1a2b3c4d')).body;
  expect(body(contoso)).toContain(`Organisation: ${organisationName(contoso)} (${contoso})`);
  expect(body(unnamed)).toContain(`Organisation: ${unnamed}`);
  expect(body()).toBeNull();
  expect(mailOf(accessRequestLink(mail, unnamed, '1a2b3c4d')).subject).toBe(
    `Access to ${site.name}, number 1a2b3c4d`,
  );
});
