import { segmentFromTenants } from '../lib/authority';
import { clouds } from '../lib/clouds';
import { type Az, AzError, askAz } from './az';
import { localOrigin, redirectUrisOf } from './redirect-uris';

/** The app as it is to be registered. */
export type Wanted = {
  /** The registration that is known already. */
  clientId?: string;
  /** The name that people see at sign-in; finds the registration where no client id is known. */
  name: string;
  /** Who may come in; empty: the organisation that the Azure CLI is signed in to. */
  tenantIds: readonly string[];
  /** Public origins of the app, beside localhost. */
  origins: readonly string[];
  /** The cloud that people sign in at, as the Azure CLI names it; unset: the public one. */
  azureCliName?: string;
};

/** Who may sign in to a registration at all.
 * @see https://learn.microsoft.com/entra/identity-platform/supported-accounts-validation */
export type Audience =
  | 'AzureADMyOrg'
  | 'AzureADMultipleOrgs'
  | 'AzureADandPersonalMicrosoftAccount'
  | 'PersonalMicrosoftAccount';

/** The narrowest audience in which every tenant of the list can sign in. */
export function audienceFromTenants(tenantIds: ReadonlySet<string>): Audience {
  const segment = segmentFromTenants(tenantIds);
  if (segment === 'common') return 'AzureADandPersonalMicrosoftAccount';
  if (segment === 'consumers') return 'PersonalMicrosoftAccount';
  return segment === 'organizations' ? 'AzureADMultipleOrgs' : 'AzureADMyOrg';
}

const everyone: Audience = 'AzureADandPersonalMicrosoftAccount';

/** The audience that serves both; never a narrower one than there is, since others may use it. */
function widened(current: Audience, wanted: Audience): Audience {
  if (current === wanted || current === everyone) return current;
  if (wanted === 'PersonalMicrosoftAccount' || current === 'PersonalMicrosoftAccount') {
    return everyone;
  }
  return wanted === 'AzureADMyOrg' ? current : wanted;
}

/** One change at Microsoft: in words, and as the command that makes it once the app has an id. */
type Step = { does: string; args: (clientId: string) => string[] };

export type Plan = {
  /** Where the app is registered. */
  homeTenantId: string;
  tenantIds: string[];
  audience: Audience;
  /** There already: the id of the registration. */
  clientId?: string;
  /** All but the secret, in order. */
  steps: Step[];
};

type App = { appId: string; displayName: string; signInAudience: Audience; redirectUris: string[] };

export const asObject = (value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
export const asText = (value: unknown) => (typeof value === 'string' ? value : '');
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function appFromJson(json: unknown): App {
  const { appId, displayName, signInAudience, web } = asObject(json);
  return {
    appId: asText(appId).toLowerCase(),
    displayName: asText(displayName),
    signInAudience: asText(signInAudience) as Audience,
    redirectUris: asList(asObject(web).redirectUris).map(asText).filter(Boolean),
  };
}

/** @see https://learn.microsoft.com/cli/azure/ad/app#az-ad-app-list
 * `--display-name` finds every name that begins so; `create` with a name that is there overwrites
 * that app's settings (azure-cli, role/custom.py), which is why this asks first. */
async function findApp(wanted: Wanted, az: Az): Promise<App | undefined> {
  const by = wanted.clientId ? ['--app-id', wanted.clientId] : ['--display-name', wanted.name];
  const list = asList(await askAz(az, ['ad', 'app', 'list', ...by])).map(appFromJson);
  const apps = wanted.clientId
    ? list.filter(({ appId }) => appId === wanted.clientId)
    : list.filter(({ displayName }) => displayName === wanted.name);
  if (apps.length > 1) {
    throw new AzError({
      code: 'az_several_apps',
      says: 'Several apps of your organisation have this name.',
      next: 'Say which one it is with --client-id, or give another name with --name.',
    });
  }
  if (wanted.clientId && apps.length === 0) {
    throw new AzError({
      code: 'az_app_not_found',
      says: 'The organisation that the Azure CLI is signed in to has no app with this client ID.',
      next: 'Sign in to the right one with "az login --tenant", or remove AZURE_CLIENT_ID.',
    });
  }
  return apps[0];
}

/** @see https://learn.microsoft.com/cli/azure/account#az-account-show */
async function readHomeTenantId(az: Az, cloud: string): Promise<string> {
  const { tenantId, environmentName } = asObject(await askAz(az, ['account', 'show']));
  if (asText(environmentName) === cloud) return asText(tenantId).toLowerCase();
  throw new AzError({
    code: 'az_other_cloud',
    says: 'The Azure CLI is set to another cloud than the one that people would sign in at.',
    next: `Run "az cloud set --name ${cloud}", or name the other cloud in AZURE_AUTHORITY_HOST.`,
  });
}

// Microsoft Graph refuses personal accounts without it; the flag is there since Azure CLI 2.68.
// https://learn.microsoft.com/graph/api/resources/apiapplication (`requestedAccessTokenVersion`)
const audienceArgs = (audience: Audience) => [
  ...['--sign-in-audience', audience],
  ...(audience.includes('Personal') ? ['--requested-access-token-version', '2'] : []),
];

function createSteps(wanted: Wanted, audience: Audience, uris: readonly string[]): Step[] {
  return [
    {
      does: `register the app "${wanted.name}" for ${audience}, with the redirect URIs ${uris.join(' ')}`,
      args: () => [
        ...['ad', 'app', 'create', '--display-name', wanted.name],
        ...audienceArgs(audience),
        ...['--web-redirect-uris', ...uris],
      ],
    },
  ];
}

/** `--web-redirect-uris` replaces the whole list, so those that are there are given again. */
function updateSteps(app: App, audience: Audience, uris: readonly string[]): Step[] {
  const missing = uris.filter((uri) => !app.redirectUris.includes(uri));
  const merged = [...app.redirectUris, ...missing];
  const update = (clientId: string) => ['ad', 'app', 'update', '--id', clientId];
  return [
    ...(audience === app.signInAudience
      ? []
      : [
          {
            does: `open the app "${app.displayName}" to ${audience} (it is ${app.signInAudience})`,
            args: (clientId: string) => [...update(clientId), ...audienceArgs(audience)],
          },
        ]),
    ...(missing.length === 0
      ? []
      : [
          {
            does: `add to the app "${app.displayName}" the redirect URIs ${missing.join(' ')}`,
            args: (clientId: string) => [...update(clientId), '--web-redirect-uris', ...merged],
          },
        ]),
  ];
}

/** Reads what is registered and says what is missing. Changes nothing.
 * @throws AzError */
export async function planRegistration(wanted: Wanted, az: Az): Promise<Plan> {
  const home = await readHomeTenantId(az, wanted.azureCliName ?? clouds.public.azureCliName);
  const tenantIds = wanted.tenantIds.length > 0 ? [...wanted.tenantIds] : [home];
  const audience = audienceFromTenants(new Set(tenantIds));
  if (audience === 'AzureADMyOrg' && tenantIds[0] !== home) {
    throw new AzError({
      code: 'az_other_tenant',
      says: 'The Azure CLI is signed in to another organisation than the one that may come in.',
      next: 'Run "az login --allow-no-subscriptions --tenant" with that tenant ID.',
    });
  }
  const app = await findApp(wanted, az);
  const uris = redirectUrisOf([localOrigin, ...wanted.origins]);
  if (!app) {
    const steps = [...createSteps(wanted, audience, uris), principalStep];
    return { homeTenantId: home, tenantIds, audience, steps };
  }
  const serving = widened(app.signInAudience, audience);
  const filter = ['--filter', `appId eq '${app.appId}'`];
  const principals = asList(await askAz(az, ['ad', 'sp', 'list', ...filter]));
  const steps = [
    ...updateSteps(app, serving, uris),
    ...(principals.length === 0 ? [principalStep] : []),
  ];
  return { homeTenantId: home, tenantIds, audience: serving, clientId: app.appId, steps };
}

/** Without it the app exists, but nobody can sign in to it in its own organisation.
 * @see https://learn.microsoft.com/entra/identity-platform/app-objects-and-service-principals */
const principalStep: Step = {
  does: 'make it known to your organisation as an enterprise application (service principal)',
  args: (clientId) => ['ad', 'sp', 'create', '--id', clientId],
};
