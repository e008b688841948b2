import { isGuid } from './authority';
import { bareGuid, isPlaceholder, isQuoted, notGuid, refuse, variable } from './config-variables';
import { expiryFromDate } from './credential-expiry';

// Each by itself; how many of them there may be is decided in lib/credential.ts.

/** A client secret, in use or the next. */
export const clientSecret = variable((value) => {
  if (!value) return undefined;
  if (isGuid(bareGuid(value))) {
    return refuse('secret_id', "holds the Secret ID (a GUID), not the secret's Value.");
  }
  if (isQuoted(value)) return refuse('quoted', 'has quotation marks around it.');
  if (isPlaceholder(value)) return refuse('placeholder', 'still holds a placeholder.');
  return value.length < 16 ? refuse('too_short', 'is too short to be a client secret.') : value;
});

/** When the client secret expires, in seconds: no answer of Microsoft's to a sign-in tells it. */
export const expiryDate = variable((value): number | undefined => {
  if (!value) return undefined;
  return expiryFromDate(value) ?? refuse('not_a_date', 'must be a day, written as YYYY-MM-DD.');
});

/** The file itself is judged at start by lib/client-certificate.ts: the edge has no files. */
export const certificatePath = variable((value) => {
  if (!value) return undefined;
  if (isQuoted(value)) return refuse('quoted', 'has quotation marks around it.');
  if (value.includes('-----BEGIN')) {
    return refuse('not_a_path', 'holds the certificate itself, not the path of its file.');
  }
  return value;
});

/** The file itself is judged at start by lib/federated-token.ts: the edge has no files. */
export const tokenPath = variable((value) => {
  if (!value) return undefined;
  if (isQuoted(value)) return refuse('quoted', 'has quotation marks around it.');
  if (/^eyJ[\w-]+\.[\w-]+\./.test(value)) {
    return refuse('not_a_path', 'holds the token itself, not the path of its file.');
  }
  return value;
});

/** The client id of a user-assigned managed identity. */
export const identityId = variable((value) => {
  if (!value) return undefined;
  const id = bareGuid(value);
  if (isPlaceholder(id)) return refuse('placeholder', 'still holds a placeholder.');
  return isGuid(id) ? id : refuse('not_a_guid', notGuid);
});

/** What a platform sets to say that it is there. */
export const mark = variable((value) => value !== undefined);
