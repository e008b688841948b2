import type { Authority } from '../lib/authority';
import type { CreateClientAssertion } from '../lib/client-assertion';
import type { Fetch } from '../lib/upstream';
import type { Finding } from './finding';

export type Connection = {
  clientId: string;
  credential:
    | { kind: 'secret'; secret: string }
    | { kind: 'certificate'; createAssertion: CreateClientAssertion };
  tenantIds: readonly string[];
  authority: Authority;
  redirectUri: string;
};
export type Tools = { fetch: Fetch; nowSeconds: () => number };

export async function testConnection(_connection: Connection, _tools: Tools): Promise<Finding[]> {
  throw new Error('not built yet');
}

export async function resolveTenants(
  _domains: readonly string[],
  _authority: Authority,
  _tools: Tools,
): Promise<{ tenantIds: string[]; findings: Finding[] }> {
  throw new Error('not built yet');
}
