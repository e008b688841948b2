import { expect, test } from '@playwright/test';
import { type Entra, startEntra } from './visitor';

test.describe('a fault that can never fire is refused', () => {
  type Fault = Parameters<Entra['control']['inject']>[0];
  for (const [fault, message] of [
    [{ on: 'nowhere', status: 500 }, 'on must be one of'],
    [{ on: 'constructor', status: 500 }, 'on must be one of'],
    [{ on: 'token', aadsts: 1 }, 'aadsts must be'],
    [{ on: 'token', status: 500, times: 0 }, 'times must be'],
    [{ on: 'keys' }, 'nothing is to go wrong'],
    [{ on: 'discovery', aadsts: 50076 }, 'not aadsts'],
    [{ on: 'keys', aadsts: 50076 }, 'not aadsts'],
    [{ on: 'id_token', aadsts: 50076 }, 'not aadsts'],
    [{ on: 'authorize', status: 500 }, 'not status'],
    [{ on: 'authorize', deliver: 'page' }, 'needs aadsts'],
    [{ on: 'authorize', aadsts: 50076, deliver: 'post' }, 'deliver must be'],
    [{ on: 'token', aadsts: 50076, deliver: 'page' }, 'not deliver'],
    [{ on: 'token', aadsts: 50076, status: 500 }, 'status does nothing'],
    [{ on: 'token', sign: 'bad' }, 'not sign'],
    [{ on: 'id_token', status: 500 }, 'not status'],
    [{ on: 'id_token', sign: 'worse' }, 'sign must be'],
    [{ on: 'id_token', ring: 'foreign' }, 'ring must be'],
    [{ on: 'id_token', claims: 'tid' }, 'claims must be'],
    [{ on: 'id_token', raw: 'x', sign: 'bad' }, 'sign does nothing'],
    [{ on: 'keys', reset: true, status: 500 }, 'status does nothing'],
    [{ on: 'keys', raw: 'x', json: {} }, 'raw replaces it'],
    [{ on: 'keys', delay: 5 }, 'not delay'],
    [{ on: 'keys', delayMs: Number.NaN }, 'delayMs must be'],
    [{ on: 'keys', delayMs: Infinity }, 'delayMs must be a number'],
    [{ on: 'keys', status: 99 }, 'status must be'],
    [{ on: 'keys', status: 500, times: Number.NaN }, 'times must be'],
  ] as const) {
    const told = Object.entries(fault).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    test(`${told.join(', ')} (${message})`, () => {
      const { control } = startEntra();
      const inject = () => control.inject(fault as unknown as Fault);
      expect(inject).toThrow(TypeError);
      expect(inject).toThrow(message);
    });
  }
});

test('a change to an account that does not exist is refused', () => {
  const { control } = startEntra();
  expect(() => control.patchAccount('nobody@contoso.example', {})).toThrow(TypeError);
});
