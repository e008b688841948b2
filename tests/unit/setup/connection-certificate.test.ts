import { expect, test } from '@playwright/test';
import { signClientAssertion } from '../../../lib/client-assertion';
import { parseClientCertificate } from '../../../lib/client-certificate';
import { testConnection } from '../../../setup/connection';
import { createCertificate } from '../../certificate';
import { byAssertion } from '../provers';
import { connectionTo, fetchFrom, outcomeOf, standIn, troublesOf } from './connecting';

test.describe('a certificate', () => {
  async function withCertificate(registered = true) {
    const made = await createCertificate();
    const now = Math.floor(Date.now() / 1000);
    const entra = standIn({
      now: () => now * 1000,
      registration: { certificates: registered ? [made.certificate] : [], secrets: [] },
    });
    const key = parseClientCertificate(made.pem, now);
    const { clientId } = entra.entra.registration;
    const connection = connectionTo(entra, {
      credential: {
        kind: 'certificate',
        prove: byAssertion((endpoint) => signClientAssertion(key, clientId, endpoint, now)).prove,
      },
    });
    const judge = async () => {
      const tools = { fetch: fetchFrom(entra), nowSeconds: () => now };
      const findings = await testConnection(connection, tools);
      expect(JSON.stringify(findings)).not.toContain(clientId);
      return findings.filter(({ status }) => status !== 'ok').map(({ code }) => code);
    };
    return { entra, judge };
  }

  test('is found right in each tenant, by an assertion for its own endpoint', async () => {
    const { judge } = await withCertificate();
    expect(await judge()).toEqual([]);
  });

  test('that is not registered is refused once for all tenants', async () => {
    const { judge } = await withCertificate(false);
    expect(await judge()).toEqual(['certificate_refused']);
  });

  test('that signs at another time is told so, and the clock with it', async () => {
    const { entra, judge } = await withCertificate();
    entra.control.setClock(-400);
    expect(await judge()).toEqual(['certificate_time', 'clock_wrong']);
  });

  test('that cannot be used is told without its reason', async () => {
    const prove = () => Promise.reject(new Error('/home/someone/key.pem is not there'));
    const { findings, codes } = await outcomeOf(standIn(), {
      credential: { kind: 'certificate', prove },
    });
    expect(troublesOf({ codes })).toEqual(['fail certificate_unusable']);
    expect(JSON.stringify(findings)).not.toContain('/home/someone');
  });
});
