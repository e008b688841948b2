import type { JWK } from 'jose';
import { z } from 'zod';
import { type Authority, issuerOfMetadata, metadataUrl, originsOf } from './authority';
import { SignInError } from './sign-in-error';
import { type Fetch, requestJson } from './upstream';

/** After this long a copy is renewed in the background, while the old one is still used. */
const freshSeconds = 60 * 60;
/** After this long without a successful renewal a copy is no longer trusted. Microsoft asks to look
 * for new keys at least daily.
 * @see https://learn.microsoft.com/entra/identity-platform/signing-key-rollover */
export const trustedSeconds = 24 * 60 * 60;
/** After a failed renewal in the background the next one waits this long. */
const retrySeconds = 30;
/** A token signed by a key that we do not know makes us ask again, but no more often than this: a
 * flood of such tokens must not become a flood of requests. */
const unknownKeySeconds = 5 * 60;

/** What we use of the provider's metadata (OpenID Connect Discovery 1.0 §3). */
export type Metadata = {
  authorizationEndpoint: string;
  tokenEndpoint: string;
  endSessionEndpoint: string;
  jwksUri: string;
  /** The cloud that it speaks for, where it says so. */
  cloudInstance?: string | undefined;
};

/** A signing key of Microsoft, with the issuer whose tokens it may sign.
 * @see https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-signing-key-issuer */
export type SigningKey = JWK & {
  issuer?: string | undefined;
  cloud_instance_name?: string | undefined;
};

/** An absolute URL in its one normal spelling: requests are compared with it. */
const endpoint = z.url().transform((url) => new URL(url).href);

const metadataSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: endpoint,
  token_endpoint: endpoint,
  end_session_endpoint: endpoint,
  jwks_uri: endpoint,
  cloud_instance_name: z.string().optional(),
});

const keysSchema = z.object({
  keys: z
    .array(
      z.looseObject({
        kty: z.string(),
        kid: z.string().optional(),
        issuer: z.string().optional(),
        cloud_instance_name: z.string().optional(),
      }),
    )
    .min(1),
});

const invalid = (stage: 'metadata' | 'keys', reason: string) =>
  new SignInError('provider_unavailable', { stage, reason });

/** Reads metadata, and refuses it unless it is this authority's and every endpoint lies where the
 * authority does: whoever could change one address would receive our codes and secret. */
export function parseMetadata(json: unknown, authority: Authority): Metadata {
  const parsed = metadataSchema.safeParse(json);
  if (!parsed.success) throw invalid('metadata', 'incomplete');
  const document = parsed.data;
  if (document.issuer !== issuerOfMetadata(authority)) throw invalid('metadata', 'issuer');
  const pages = originsOf(authority);
  const places = [authority.origin, ...pages];
  const endpoints = {
    authorization_endpoint: pages,
    end_session_endpoint: pages,
    token_endpoint: places,
    jwks_uri: places,
  } as const;
  for (const [name, origins] of Object.entries(endpoints)) {
    const { origin } = new URL(document[name as keyof typeof endpoints]);
    if (!origins.includes(origin)) throw invalid('metadata', 'endpoint_host');
  }
  return {
    authorizationEndpoint: document.authorization_endpoint,
    tokenEndpoint: document.token_endpoint,
    endSessionEndpoint: document.end_session_endpoint,
    jwksUri: document.jwks_uri,
    cloudInstance: document.cloud_instance_name,
  };
}

/** Microsoft publishes keys of another cloud beside its own, under the same issuer; they say so.
 * @see https://learn.microsoft.com/dotnet/api/microsoft.identitymodel.validators.aadtokenvalidationparametersextension.enableentraidsigningkeycloudinstancevalidation */
function isOfCloud({ cloud_instance_name: name }: SigningKey, cloud: string | undefined): boolean {
  return name === undefined || cloud === undefined || name === cloud;
}

type Clock = () => number;

/** What is known of one of the provider's documents, in seconds. */
export type DocumentState = {
  /** When the copy that is kept was read. */
  loadedAtSeconds?: number;
  /** When the latest attempt to read it failed; absent once one has succeeded. */
  failedAtSeconds?: number;
};

/** Keeps one answer: renewed in the background, asked for once at a time, and never lost to a
 * failed renewal while it is still trusted. */
function createCache<T>(load: () => Promise<T>, now: Clock, onStale: () => void) {
  let kept: { value: T; loadedAt: number } | undefined;
  let pending: Promise<T> | undefined;
  let failedAt = Number.NEGATIVE_INFINITY;
  let state: DocumentState = {};

  const renew = () => {
    pending ??= load()
      .then((value) => {
        kept = { value, loadedAt: now() };
        failedAt = Number.NEGATIVE_INFINITY;
        state = { loadedAtSeconds: kept.loadedAt };
        return value;
      })
      .catch((error) => {
        state = { ...state, failedAtSeconds: now() };
        throw error;
      })
      .finally(() => {
        pending = undefined;
      });
    return pending;
  };
  return {
    renew,
    state: () => state,
    async read(): Promise<T> {
      const age = kept ? now() - kept.loadedAt : Number.POSITIVE_INFINITY;
      if (!kept || age > trustedSeconds) return renew();
      if (age > freshSeconds && now() - failedAt >= retrySeconds) {
        renew().catch(() => {
          if (failedAt === Number.NEGATIVE_INFINITY) onStale();
          failedAt = now();
        });
      }
      return kept.value;
    },
  };
}

/** Where to send people and requests, and which keys sign: asked for once, then kept. */
export type Provider = {
  metadata(): Promise<Metadata>;
  /** The keys that may have signed a token with this `kid`, or all keys when it has none. */
  signingKeys(kid: string | undefined): Promise<readonly SigningKey[]>;
  /** Moves a URL of the authority to where the authority is reached. */
  locate(url: string): string;
  /** What is known of both documents at the moment, without asking for them. */
  state(): Record<'metadata' | 'keys', DocumentState>;
};

/** @param now the current time in seconds
 * @param onStale is told once per outage which document could not be renewed
 * @param onUnboundKey is told once when a key does not say whose tokens it signs, so that any
 *   tenant's key would do for every tenant */
export function createProvider(
  authority: Authority,
  fetch: Fetch,
  now: Clock,
  onStale: (stage: 'metadata' | 'keys') => void,
  onUnboundKey: () => void = () => {},
): Provider {
  let unboundKeyTold = false;
  const locate = (url: string) =>
    url.startsWith(`${authority.origin}/`)
      ? authority.locationOrigin + url.slice(authority.origin.length)
      : url;
  const get = async (stage: 'metadata' | 'keys', url: string) => {
    const { status, json } = await requestJson(fetch, stage, locate(url));
    if (status !== 200) throw invalid(stage, `status_${status}`);
    return json;
  };
  const metadata = createCache(
    async () => parseMetadata(await get('metadata', metadataUrl(authority)), authority),
    now,
    () => onStale('metadata'),
  );
  const keys = createCache(
    async () => {
      const { jwksUri, cloudInstance } = await metadata.read();
      const parsed = keysSchema.safeParse(await get('keys', jwksUri));
      if (!parsed.success) throw invalid('keys', 'incomplete');
      const signing = (parsed.data.keys as SigningKey[]).filter(
        (key) => key.kty === 'RSA' && isOfCloud(key, cloudInstance),
      );
      if (!unboundKeyTold && signing.some((key) => key.issuer === undefined)) {
        unboundKeyTold = true;
        onUnboundKey();
      }
      return signing;
    },
    now,
    () => onStale('keys'),
  );
  let asked: { at: number; keys: Promise<readonly SigningKey[]> } | undefined;

  /** Everyone who meets the new key at the same time waits for one and the same request. */
  const askForUnknown = () => {
    if (asked && now() - asked.at < unknownKeySeconds) return asked.keys;
    const asking = { at: now(), keys: keys.renew() };
    asked = asking;
    asking.keys.catch(() => {
      if (asked === asking) asked = undefined; // an outage must not lock the new key out
    });
    return asking.keys;
  };

  return {
    locate,
    state: () => ({ metadata: metadata.state(), keys: keys.state() }),
    metadata: metadata.read,
    async signingKeys(kid) {
      const known = await keys.read();
      if (kid === undefined) return known;
      const matching = known.filter((key) => key.kid === kid);
      if (matching.length > 0) return matching;
      return (await askForUnknown()).filter((key) => key.kid === kid);
    },
  };
}
