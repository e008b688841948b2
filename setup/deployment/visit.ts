import { withDeadline } from '../../lib/deadline';
import { readText } from '../../lib/read-text';
import { type Fetch, maxAnswerBytes } from '../../lib/upstream';
import { findingsAbout } from '../doctor/found';
import type { Finding } from '../finding';
import { faultFromError, type NetworkFault } from '../network-fault';

/** How long each request may take, body included. */
const deadlineSeconds = 8;

/** What a deployment answers. */
export type Reply = {
  status: number;
  headers: Headers;
  text: string;
  /** The text as an object, where it is one. */
  json: Record<string, unknown> | undefined;
};

/** One request to the deployment, without cookies: a stranger's. Redirects are looked at and not
 * followed. Throws `Unreached`. */
export type Visit = (path: string, init?: RequestInit) => Promise<Reply>;

/** Thrown when no answer came that could be judged. */
export class Unreached extends Error {
  override readonly name = 'Unreached';
  readonly fault: NetworkFault;
  constructor(fault: NetworkFault) {
    super(fault);
    this.fault = fault;
  }
}

function objectFrom(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** @param origin to which every path belongs */
export function createVisit(origin: string, fetch: Fetch): Visit {
  async function read(path: string, init: RequestInit): Promise<Reply> {
    const { status, headers, body } = await fetch(origin + path, init);
    const text = await readText(body, maxAnswerBytes);
    return { status, headers, text, json: objectFrom(text) };
  }
  return async (path, init = {}) => {
    const signal = AbortSignal.timeout(deadlineSeconds * 1000);
    try {
      const request = { ...init, signal, redirect: 'manual', cache: 'no-store' } as const;
      return await withDeadline(read(path, request), deadlineSeconds);
    } catch (error) {
      throw new Unreached(faultFromError(error, signal));
    }
  };
}

/** Where a redirect leads; undefined for an answer that is none. */
export function redirectOf({ status, headers }: Reply, origin: string): URL | undefined {
  const location = headers.get('location');
  if (status < 300 || status > 399 || !location) return undefined;
  return URL.canParse(location, origin) ? new URL(location, origin) : undefined;
}

const lookAtProxy = 'Look at the proxy or balancer before the app, and at the app’s log.';

const texts: Readonly<Partial<Record<NetworkFault, [says: string, next: string]>>> = {
  dns: ['Its name could not be resolved.', 'Check the address, and the DNS record of its name.'],
  refused: [
    'It refused the connection: nothing listens there.',
    'Start the app, or check port and firewall.',
  ],
  timeout: [`It did not answer within ${deadlineSeconds} seconds.`, lookAtProxy],
  tls_untrusted: [
    'Its certificate comes from an authority that Node does not know.',
    'Check that the server sends its whole certificate chain. Behind a proxy that opens TLS, name the proxy’s root certificate in NODE_EXTRA_CA_CERTS.',
  ],
  tls_expired: [
    'Its certificate is not valid at this computer’s time.',
    'Renew the certificate, or set this computer’s clock.',
  ],
  tls_other_name: [
    'Its certificate belongs to another name.',
    'Check the address and its DNS record, or get a certificate for this name.',
  ],
  tls: [
    'No secure connection could be made.',
    'Check that this port speaks https, and that no proxy breaks the connection open.',
  ],
};

/** What it means that the deployment could not be asked. */
export function findingFromFault(fault: NetworkFault): Finding {
  const [says, next] = texts[fault] ?? [
    'The connection broke off before it had answered.',
    lookAtProxy,
  ];
  return findingsAbout('Deployment')(fault, 'fail', says, next);
}
