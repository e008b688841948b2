import { randomBytes } from 'node:crypto';
import { getProduct } from '@/lib/product';
import { seeOther } from '@/lib/same-site';
import { connect } from '@/setup/connect';
import { isHere, isOpen, isOwnPost } from '@/setup/door';
import { draftStore, fingerprint } from '@/setup/draft';
import { saveVariables } from '@/setup/env-file';
import type { Typed } from '@/setup/fields';
import { nothingHere, originOf, readSetupForm } from '@/setup/requests';
import { runningValues } from '@/setup/running';

/** A longer one is not shown again: it cannot be meant, and it would make the page as long. */
const maxKeptLength = 10_000;
const kept = (text: string) => (text.length > maxKeptLength ? '' : text);

/** Connect: tests what was entered, then saves it. */
export async function POST(request: Request): Promise<Response> {
  const { headers } = request;
  if (!isHere(headers) || !isOpen(headers) || !isOwnPost(headers)) return nothingHere();
  const form = await readSetupForm(request);
  const { draft } = draftStore;
  const running = runningValues(getProduct().config);
  // An empty field keeps what is there: a secret is never sent back to be sent again.
  const entered = (name: keyof Typed) =>
    form?.get(name) || draft.typed[name] || running?.[name] || '';
  const typed: Typed = {
    clientId: entered('clientId'),
    clientSecret: entered('clientSecret'),
    tenants: entered('tenants'),
  };
  const standInUrl = process.env.ENTRA_LOCAL_URL?.trim();
  const attempt = await connect(
    typed,
    {
      root: process.cwd(),
      appUrl: getProduct().config.origin,
      // A shell may name the cloud, and the files alone would not tell.
      environment: { AZURE_AUTHORITY_HOST: process.env.AZURE_AUTHORITY_HOST },
      ...(standInUrl && { standInUrl }),
    },
    {
      fetch,
      nowSeconds: () => Math.floor(Date.now() / 1000),
      save: saveVariables,
      randomSecret: () => randomBytes(32).toString('base64'),
    },
  );
  const { savedFingerprint: _, savedAtSeconds: __, ...rest } = draft;
  draftStore.draft = attempt.saved
    ? {
        ...rest,
        attempt,
        typed: { clientId: '', clientSecret: '', tenants: '' },
        savedFingerprint: fingerprint(typed.clientId, typed.clientSecret, attempt.tenantIds),
        savedAtSeconds: Math.floor(Date.now() / 1000),
      }
    : {
        ...rest,
        attempt,
        typed: {
          clientId: kept(typed.clientId),
          clientSecret: kept(typed.clientSecret),
          tenants: kept(typed.tenants),
        },
      };
  return seeOther(`${originOf(request)}/setup#connect`);
}
