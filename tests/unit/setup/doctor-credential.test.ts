import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { connectionFromConfig } from '../../../setup/doctor/connection-check';
import { environmentFindings } from '../../../setup/doctor/environment-checks';
import { createCertificate } from '../../certificate';
import { development, faultsOf, nothing, now, production, tenant } from './doctor-environments';

test('only a configuration that can be used is tried with Microsoft', () => {
  const tried = (env: Record<string, string>) => environmentFindings(env, now).config !== undefined;
  expect(tried(production)).toBe(true);
  expect(tried(development)).toBe(true);
  expect(tried(nothing)).toBe(false);
  expect(tried({ ...production, AUTH_SECRET: '' })).toBe(false);
  expect(
    tried({ ...production, AZURE_CLIENT_SECRET: '', AZURE_CLIENT_CERTIFICATE_PATH: '/x' }),
  ).toBe(false);
});

test('a certificate is read, judged by its own date, and signs what Microsoft is asked with', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'azure-auth-doctor-'));
  const path = join(folder, 'entra.pem');
  const env = { ...production, AZURE_CLIENT_SECRET: '', AZURE_CLIENT_CERTIFICATE_PATH: path };
  try {
    const [soon, later, gone] = await Promise.all([
      createCertificate({ toDays: 5.5 }),
      createCertificate({ toDays: 99.5 }),
      createCertificate({ fromDays: -9, toDays: -1 }),
    ]);
    writeFileSync(path, soon.pem);
    expect(faultsOf(env)).toEqual(['Certificate certificate_expires_soon warn']);
    writeFileSync(path, gone.pem);
    expect(faultsOf(env)).toEqual(['AZURE_CLIENT_CERTIFICATE_PATH certificate_expired fail']);
    writeFileSync(path, later.pem);
    expect(faultsOf(env)).toEqual([]);

    const { config } = environmentFindings(env, now);
    if (!config) throw new Error('there is no configuration');
    const { credential, ...connection } = connectionFromConfig(config, () => now);
    expect(connection).toMatchObject({
      clientId: production.AZURE_CLIENT_ID,
      tenantIds: [tenant],
      redirectUri: 'https://portal.contoso.example/authorization-code/callback',
    });
    if (credential.kind !== 'certificate') throw new Error('that is no certificate');
    expect(await credential.prove('https://token.example')).toMatchObject({
      client_assertion: expect.stringMatching(/^[^.]+\.[^.]+\.[^.]+$/),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
