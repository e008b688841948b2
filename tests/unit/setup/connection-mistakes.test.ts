import { EXPIRED_CLIENT_SECRET } from '../../../entra-local/registration.mjs';
import type { Connection } from '../../../setup/connection';
import { contoso, fabrikam, NOBODY, NOBODY_ELSE, personal, woodgrove } from './connecting';
import { type Fault, testFaults } from './faults';

const secret = (value: string): Partial<Connection> => ({
  credential: { kind: 'secret', secret: value },
});

/** What a person enters, or has registered, wrongly: the stand-in’s own answers. */
const mistakes: Record<string, Fault> = {
  'a wrong secret': { entered: secret('not-the-secret'), says: ['fail secret_wrong'] },
  'an expired secret': { entered: secret(EXPIRED_CLIENT_SECRET), says: ['fail secret_expired'] },
  'an empty secret': { entered: secret(''), says: ['fail credential_missing'] },
  'an unknown client id': { entered: { clientId: NOBODY_ELSE }, says: ['fail app_not_found'] },
  'an app that is installed nowhere': {
    arrange: (entra) => entra.control.patchRegistration({ installedIn: [] }),
    says: ['warn not_consented', 'warn not_consented'],
  },
  'an app that is installed nowhere, and a wrong redirect URI': {
    arrange: (entra) => entra.control.patchRegistration({ installedIn: [] }),
    entered: { redirectUri: 'http://localhost:3000/elsewhere', tenantIds: [contoso.id] },
    says: ['warn not_consented', 'fail redirect_uri_not_registered'],
  },
  'no consent in one of two tenants': {
    entered: { tenantIds: [contoso.id, woodgrove.id] },
    says: ['warn not_consented'],
  },
  'no consent in one tenant, and a wrong secret in the other': {
    entered: { tenantIds: [woodgrove.id, contoso.id], ...secret('not-the-secret') },
    says: ['fail secret_wrong', 'warn not_consented'],
  },
  'no tenant': { entered: { tenantIds: [] }, says: ['fail no_tenants'] },
  'one unknown tenant of two': {
    entered: { tenantIds: [contoso.id, NOBODY] },
    says: ['fail tenant_not_found'],
  },
  'an unknown tenant alone': {
    entered: { tenantIds: [NOBODY] },
    says: ['fail tenant_not_found'],
  },
  'two unknown tenants': {
    entered: { tenantIds: [NOBODY, contoso.id, NOBODY_ELSE] },
    says: ['fail tenant_not_found'],
  },
  'a redirect URI that is off by a slash': {
    entered: { redirectUri: 'http://localhost:3000/authorization-code/callback/' },
    says: ['fail redirect_uri_not_registered'],
  },
  'an app for one tenant and a list of two': {
    arrange: (entra) => entra.control.patchRegistration({ signInAudience: 'AzureADMyOrg' }),
    says: ['fail account_type'],
  },
  'an app for one tenant, at another one': {
    arrange: (entra) => entra.control.patchRegistration({ signInAudience: 'AzureADMyOrg' }),
    entered: { tenantIds: [fabrikam.id] },
    says: ['fail app_not_found'],
  },
  'personal accounts alone': {
    entered: { tenantIds: [personal.id] },
    says: ['warn credential_untested'],
  },
  'personal accounts alone, and an unknown client id': {
    entered: { tenantIds: [personal.id], clientId: NOBODY },
    says: ['warn credential_untested', 'fail app_not_found'],
  },
  'personal accounts, and an app for organisations': {
    arrange: (entra) => entra.control.patchRegistration({ signInAudience: 'AzureADMultipleOrgs' }),
    entered: { tenantIds: [personal.id] },
    says: ['warn credential_untested', 'fail account_type'],
  },
  'a disabled app': {
    arrange: (entra) => entra.control.inject({ on: 'token', aadsts: 7000112, times: 2 }),
    says: ['fail app_disabled'],
  },
  'Conditional Access': {
    arrange: (entra) => entra.control.inject({ on: 'token', aadsts: 53003, times: 2 }),
    says: ['warn blocked_by_policy'],
  },
  'a token answer without a token': {
    arrange: (entra) =>
      entra.control.inject({ on: 'token', json: { access_token: null }, times: 2 }),
    says: ['warn could_not_tell'],
  },
  'metadata of another issuer': {
    arrange: (entra) =>
      entra.control.inject({ on: 'discovery', json: { issuer: 'https://evil.example' }, times: 2 }),
    says: ['fail issuer_differs'],
  },
  'metadata of another tenant': {
    arrange: (entra) => {
      const issuer = `https://entra-local.invalid/${fabrikam.id}/v2.0`;
      entra.control.inject({ on: 'discovery', json: { issuer } });
    },
    entered: { tenantIds: [contoso.id] },
    says: ['fail issuer_differs'],
  },
  'metadata without a date': {
    arrange: (entra) => entra.control.inject({ on: 'discovery', headers: { date: '?' }, times: 2 }),
    says: ['warn clock_unknown'],
  },
};

testFaults(mistakes);
