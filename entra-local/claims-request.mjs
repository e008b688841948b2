import { EntraError } from './aadsts.mjs';

/**
 * The authentication context that `claims={"id_token":{"acrs":{"essential":true,"value":"c1"}}}` asks
 * for: https://learn.microsoft.com/entra/identity-platform/claims-challenge#claims-request. What else
 * the JSON names is passed over, as OpenID Connect Core 1.0, section 5.5, says. Microsoft documents no
 * other form of `acrs` and no error, so every other form is refused, with a number of our choice.
 * @param {URLSearchParams} params @returns {string | null} null: no context is asked for
 */
export function requestedContext(params) {
  const text = params.get('claims');
  if (text === null) return null;
  const { id_token: wanted = {} } = objectFrom(parsed(text), 'it is not a JSON object');
  const { acrs } = objectFrom(wanted, 'id_token is not an object');
  if (acrs === undefined) return null;
  const { essential, value, ...rest } = objectFrom(acrs, ACRS_FORM);
  const isKnown = essential === true && typeof value === 'string' && value !== '';
  if (!isKnown || Object.keys(rest).length > 0) throw refusal(ACRS_FORM);
  return value;
}

const ACRS_FORM = 'acrs takes {"essential":true,"value":"c1"} here, and nothing else';

/** @param {string} why */
const refusal = (why) => new EntraError(90100, { parameter: 'claims' }, why);

/** @param {string} text @returns {unknown} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal('it is not JSON');
  }
}

/** @param {unknown} value @param {string} why @returns {Record<string, unknown>} */
function objectFrom(value, why) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refusal(why);
  return /** @type {Record<string, unknown>} */ (value);
}
