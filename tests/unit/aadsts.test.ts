import { expect, test } from '@playwright/test';
import { aadstsNumber, explainOAuthError } from '../../lib/aadsts';

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
  ['access_denied', 50105, 'not_assigned'],
  ['interaction_required', 50105, 'not_assigned'],
  ['access_denied', 53003, 'blocked_by_policy'],
  ['invalid_grant', 53000, 'blocked_by_policy'],
  ['server_error', undefined, 'server_error'],
  ['temporarily_unavailable', undefined, 'provider_unavailable'],
  ['invalid_grant', undefined, 'code_rejected'],
  ['invalid_grant', 54005, 'code_rejected'],
  ['invalid_client', 7000215, 'app_credentials'],
  ['invalid_client', 7000222, 'app_credentials'],
  ['unauthorized_client', 700016, 'app_credentials'],
  ['invalid_client', undefined, 'app_credentials'],
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
    detail: { reason: 'invalid_grant', aadsts: 50105, traceId, correlationId },
  });
});

test('ids that are no GUIDs are not kept', () => {
  const description = 'AADSTS50105: x Trace ID: <script> Correlation ID: 1234\n';
  expect(explainOAuthError('invalid_grant', description).detail).toEqual({
    reason: 'invalid_grant',
    aadsts: 50105,
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
