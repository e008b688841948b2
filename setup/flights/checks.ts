import type { IdTokenCheck } from '../../lib/id-token';

/** A check of the ID token in words: what it asks, by which rule, and what each refusal means. */
export type CheckText = {
  check: IdTokenCheck;
  asks: string;
  source: string;
  /** By the reason that lib/id-token.ts refuses with. */
  refusals: Readonly<Record<string, string>>;
  /** Where the token may lack what is checked: why that is no refusal. */
  optional?: string;
};

/** The checks in the order of lib/id-token.ts. */
export const idTokenChecks: readonly CheckText[] = [
  {
    check: 'header',
    asks: 'Three parts, signed with RS256, and no token of another kind',
    source: 'RFC 8725 §3.1, §3.12',
    refusals: {
      id_token_shape: 'It is not a signed token: three parts, the first of them JSON.',
      bad_alg: 'It names another algorithm than RS256, or none.',
      token_type: 'It is a token of another kind, such as an access token.',
    },
  },
  {
    check: 'key',
    asks: 'Microsoft publishes the key that it names',
    source: 'OpenID Connect Core 1.0 §10.1',
    refusals: {
      kid_missing: 'It names no key, and there are several.',
      unknown_key: 'There is no key of that name, not even among those fetched anew.',
    },
  },
  {
    check: 'signature',
    asks: 'That key signed it, and nothing was changed since',
    source: 'OpenID Connect Core 1.0 §3.1.3.7',
    refusals: { bad_signature: 'The signature is not that key’s, or the token was changed.' },
  },
  {
    check: 'claims',
    asks: 'The claims that we need are there, each of its own type',
    source: 'OpenID Connect Core 1.0 §2',
    refusals: {
      id_token_shape: 'What was signed is not JSON.',
      claim_missing: 'A claim is missing:',
      claim_type: 'A claim is of another type than documented:',
    },
  },
  {
    check: 'issuer',
    asks: 'Version 2.0, issued by the tenant that it names, with a key of that tenant',
    source: 'learn.microsoft.com: claims-validation, access-tokens',
    refusals: {
      ver: 'It is of another version than 2.0.',
      iss: 'The issuer is not the authority that we asked.',
      iss_tid: 'The issuer is another tenant than the one in `tid`, or than the one that we asked.',
      key_issuer: 'The key must not sign for this tenant.',
    },
  },
  {
    check: 'audience',
    asks: 'It is made for this app',
    source: 'OpenID Connect Core 1.0 §3.1.3.7',
    refusals: { aud: 'It is made for another client ID.' },
  },
  {
    check: 'times',
    asks: 'It is neither expired, nor too old, nor from the future',
    source: 'OpenID Connect Core 1.0 §3.1.3.7',
    refusals: {
      expired: 'It has expired. Compare the clock of this machine.',
      nbf: 'It is not valid yet. Compare the clock of this machine.',
      iat: 'It was not issued just now. Compare the clock of this machine.',
    },
  },
  {
    check: 'nonce',
    asks: 'It answers this very authorization request',
    source: 'OpenID Connect Core 1.0 §3.1.3.7',
    refusals: { nonce: 'Its nonce is not the one of the request.' },
  },
  {
    check: 'access_token_hash',
    asks: 'It belongs to the access token beside it',
    source: 'OpenID Connect Core 1.0 §3.1.3.6',
    refusals: { at_hash: 'Its at_hash is not the one of the access token.' },
    optional: 'The token has no at_hash, and need not have one.',
  },
];

/** How a check went, in a word that is shown. */
export type CheckVerdict = 'Passed' | 'Failed' | 'Not reached' | 'Not asked';
export type CheckRow = CheckText & { verdict: CheckVerdict; why?: string };

/** How every check of one ID token went.
 * @param passed the checks that it passed
 * @param failure the reason of its refusal; undefined when it was accepted */
export function checkRows(
  passed: ReadonlySet<IdTokenCheck>,
  failure: string | undefined,
): CheckRow[] {
  const [reason = '', claim] = failure?.split(':') ?? [];
  const failed =
    failure === undefined ? undefined : idTokenChecks.find(({ check }) => !passed.has(check));
  const isThrough = idTokenChecks.every(({ check, optional }) => optional || passed.has(check));
  return idTokenChecks.map((text): CheckRow => {
    if (passed.has(text.check)) return { ...text, verdict: 'Passed' };
    if (text === failed) {
      const says = Object.hasOwn(text.refusals, reason) ? `${text.refusals[reason]} ` : '';
      return { ...text, verdict: 'Failed', why: `${says}${claim ? `${claim} ` : ''}(${reason})` };
    }
    return text.optional && isThrough
      ? { ...text, verdict: 'Not asked', why: text.optional }
      : { ...text, verdict: 'Not reached' };
  });
}
