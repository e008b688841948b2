import { expect, test } from '@playwright/test';
import { aadstsNumber, explainOAuthError, oauthErrors } from '../../lib/aadsts';
import { aadstsErrors } from '../../lib/aadsts-table';

const traceId = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';
const correlationId = 'a0b1c2d3-e4f5-4a6b-8c7d-9e0f1a2b3c4d';

const numbers: [description: string | undefined, number: number | undefined][] = [
  ['AADSTS50105: The signed in user is not assigned to a role.', 50105],
  ['AADSTS7000222: The provided client secret keys are expired.', 7000222],
  ['AADSTS50105', 50105],
  [' AADSTS50105: spaces in front', undefined],
  ['See AADSTS50105', undefined],
  ['aadsts50105: lower case', undefined],
  ['AADSTS501: too short', undefined],
  ['AADSTS123456789: too long', undefined],
  ['AADSTS50105x', undefined],
  ['AADSTS: none', undefined],
  ['', undefined],
  [undefined, undefined],
];
for (const [description, number] of numbers) {
  test(`${JSON.stringify(description)} carries the number ${number}`, () => {
    expect(aadstsNumber(description)).toBe(number);
  });
}

const explained: [error: string | undefined, number: number | undefined, code: string][] = [
  ['access_denied', undefined, 'access_denied'],
  ['access_denied', 65004, 'access_denied'],
  ['consent_required', undefined, 'consent_required'],
  ['invalid_grant', 65001, 'consent_required'],
  ['access_denied', 90094, 'consent_required'],
  ['interaction_required', undefined, 'interaction_required'],
  ['login_required', undefined, 'interaction_required'],
  ['login_required', 50058, 'interaction_required'],
  ['invalid_grant', 50076, 'interaction_required'],
  ['invalid_grant', 50079, 'interaction_required'],
  ['interaction_required', 16000, 'account_not_here'],
  ['account_selection_required', undefined, 'account_not_here'],
  ['access_denied', 50020, 'account_not_here'],
  ['access_denied', 90072, 'account_not_here'],
  ['access_denied', 50053, 'account_blocked'],
  ['invalid_grant', 50057, 'account_blocked'],
  ['invalid_grant', 50126, 'interaction_required'],
  ['access_denied', 50105, 'not_assigned'],
  ['interaction_required', 50105, 'not_assigned'],
  ['access_denied', 53003, 'blocked_by_policy'],
  ['invalid_grant', 53000, 'blocked_by_policy'],
  ['access_denied', 650052, 'consent_required'],
  ['server_error', undefined, 'server_error'],
  ['temporarily_unavailable', undefined, 'provider_unavailable'],
  ['invalid_grant', undefined, 'code_rejected'],
  ['invalid_grant', 54005, 'code_rejected'],
  ['invalid_client', 7000215, 'app_credentials'],
  ['invalid_client', 7000222, 'app_credentials'],
  ['unauthorized_client', 700016, 'app_credentials'],
  ['unauthorized_client', 7000112, 'app_credentials'],
  ['invalid_client', 7000218, 'app_credentials'],
  ['invalid_client', undefined, 'app_credentials'],
  ['invalid_request', 50011, 'app_registration'],
  ['invalid_request', 50194, 'app_registration'],
  ['invalid_request', 90002, 'app_registration'],
  ['invalid_request', 9002325, 'app_registration'],
  ['invalid_request', 9002327, 'app_registration'],
  ['invalid_scope', undefined, 'app_registration'],
  ['unsupported_response_type', undefined, 'app_registration'],
  ['consent_required', 99999999, 'consent_required'],
  ['canary', 99999999, 'unknown'],
  ['invalid_request', undefined, 'unknown'],
  ['invalid_request', 90014, 'unknown'],
  ['<script>', undefined, 'unknown'],
  ['', undefined, 'unknown'],
  [undefined, undefined, 'unknown'],
];
for (const [error, number, code] of explained) {
  test(`${error} with ${number ? `AADSTS${number}` : 'no number'} means ${code}`, () => {
    const description = number && `AADSTS${number}: Some words.`;
    const explanation = explainOAuthError(error, description || undefined);
    expect(explanation.code).toBe(code);
    expect(explanation.detail.aadsts).toBe(number);
  });
}

test('number, trace and correlation id are kept for the log, and no word of the description', () => {
  const description = `AADSTS50105: canary <b>words</b>\r\nTrace ID: ${traceId}\r\nCorrelation ID: ${correlationId}\r\nTimestamp: 2026-11-23`;
  expect(explainOAuthError('invalid_grant', description)).toEqual({
    code: 'not_assigned',
    detail: {
      reason: 'invalid_grant',
      aadsts: 50105,
      problem: 'not_assigned',
      traceId,
      correlationId,
    },
  });
});

test('ids that are no GUIDs are not kept', () => {
  const description = `AADSTS50105: x Trace ID: <script> Correlation ID: ${correlationId}0\n`;
  expect(explainOAuthError('invalid_grant', description).detail).toEqual({
    reason: 'invalid_grant',
    aadsts: 50105,
    problem: 'not_assigned',
  });
});

test('an error value that is not registered is not repeated', () => {
  for (const error of ['canary', '<script>', 'a\nb', 'x'.repeat(4096), 'invalid_grant\u001b[31m']) {
    expect(explainOAuthError(error, 'canary '.repeat(1000))).toEqual({
      code: 'unknown',
      detail: { reason: 'other_error' },
    });
  }
});

test('an error named like a member of every object is an unknown error', () => {
  for (const error of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    expect(explainOAuthError(error, undefined)).toMatchObject({
      code: 'unknown',
      detail: { reason: 'other_error' },
    });
  }
});

const problems: Record<number, string> = {
  7000215: 'secret_wrong',
  7000218: 'credential_missing',
  7000222: 'secret_expired',
  700016: 'app_not_found',
  7000112: 'app_disabled',
  50011: 'redirect_uri_not_registered',
  50194: 'single_organisation_only',
  9002327: 'wrong_platform',
};
for (const [number, problem] of Object.entries(problems)) {
  test(`AADSTS${number} is named ${problem} in the log`, () => {
    const { detail } = explainOAuthError('invalid_client', `AADSTS${number}: Some words.`);
    expect(detail).toMatchObject({ aadsts: Number(number), problem });
  });
}

test('a number that is not in the table has no name, not even one of every object’s', () => {
  for (const description of ['AADSTS99999999: x', 'AADSTS50199', 'constructor', undefined]) {
    expect(explainOAuthError('constructor', description).detail).not.toHaveProperty('problem');
  }
});

test('no number stands in the table twice, and each has words for operators and a source', () => {
  const entries = Object.entries(aadstsErrors);
  const numbers = entries.flatMap(([, error]) => error.numbers);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.length).toBeGreaterThanOrEqual(30);
  const badWords = /!|login|AADSTS|\|/i;
  const wrong = entries.filter(
    ([problem, { happened, mend, page }]) =>
      !/^[a-z_]+$/.test(problem) ||
      [happened, mend].some((words) => badWords.test(words) || !/^[A-Z].*\.$/.test(words)) ||
      !(page ?? 'reported').match(/^(reported|https:\/\/learn\.microsoft\.com\/[a-z0-9/-]+)$/),
  );
  expect(wrong).toEqual([]);
  expect(Object.values(oauthErrors).filter(({ happened }) => badWords.test(happened))).toEqual([]);
});
