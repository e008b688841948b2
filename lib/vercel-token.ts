/** Where Vercel keeps what belongs to the request that is being answered. The headers of the request
 * itself could be a visitor's: they are never looked at.
 * @see https://vercel.com/docs/oidc/reference */
const requestContext = Symbol.for('@vercel/request-context');

type Context = { headers?: Record<string, unknown> };
type Holder = { [requestContext]?: { get?: () => Context | undefined } };

/** The token with which Vercel vouches for this deployment: of the request that is being answered, or
 * else of the environment, as in a build. It changes, so it is asked for at every use. */
export function vercelToken(ofEnvironment: string | undefined): string | undefined {
  const headers = (globalThis as Holder)[requestContext]?.get?.()?.headers;
  const token = headers?.['x-vercel-oidc-token'];
  return typeof token === 'string' && token ? token : ofEnvironment?.trim() || undefined;
}
