import { type Az, AzError, askAz } from './az';
import type { Finding } from './finding';
import { localOrigin, redirectUrisOf } from './redirect-uris';
import { asObject, asText, audienceFromTenants, type Plan, type Wanted } from './registration';

/** Carries a plan out. @returns the client id @throws AzError */
export async function carryOut(plan: Plan, az: Az): Promise<string> {
  let clientId = plan.clientId ?? '';
  for (const { args } of plan.steps) {
    const answer = asObject(await askAz(az, args(clientId)));
    clientId ||= asText(answer.appId).toLowerCase();
    if (!clientId) {
      throw new AzError({
        code: 'az_failed',
        says: 'The Azure CLI did not say which client ID the app got.',
        next: 'Run "az ad app list --show-mine" to see whether it is there, and try again.',
      });
    }
  }
  return clientId;
}

/** Adds a secret to those that the app has; without `--append` all others would be deleted. It
 * leaves the Azure CLI through a pipe and nothing else.
 * @see https://learn.microsoft.com/cli/azure/ad/app/credential#az-ad-app-credential-reset
 * @param endDate `YYYY-MM-DD` @throws AzError */
export async function addSecret(clientId: string, endDate: string, az: Az): Promise<string> {
  const { password } = asObject(
    await askAz(az, [
      ...['ad', 'app', 'credential', 'reset', '--id', clientId, '--append'],
      ...['--display-name', 'npm run setup', '--end-date', endDate],
    ]),
  );
  if (asText(password)) return asText(password);
  throw new AzError({
    code: 'az_failed',
    says: 'The Azure CLI did not hand over the secret that it made.',
    next: 'Delete it at Certificates & secrets in the Microsoft Entra admin center, and try again.',
  });
}

/** The finding, and for those who may not register apps a message that gets it done. */
export function withMessageForAdmin(
  finding: Finding,
  { name, origins, tenantIds }: Wanted,
): Finding {
  if (finding.code !== 'az_no_permission') return finding;
  const audience = tenantIds.length > 0 ? audienceFromTenants(new Set(tenantIds)) : 'AzureADMyOrg';
  const uris = redirectUrisOf([localOrigin, ...origins]).join(' ');
  const message = `Please register an app named "${name}" in Microsoft Entra ID with the account type ${audience} and, on the platform Web, these redirect URIs: ${uris} Please add a client secret and send me the Application (client) ID; the Value of the secret by a safe way.`;
  return { ...finding, next: `${finding.next} Or send one this message: ${message}` };
}
