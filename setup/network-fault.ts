import type { Authority } from '../lib/authority';
import { SignInError } from '../lib/sign-in-error';
import type { Finding, Status } from './finding';

/** What came between us and Microsoft, so that nothing can be said of what was tested. */
export type NetworkFault =
  | 'dns'
  | 'refused'
  | 'timeout'
  | 'tls_untrusted'
  | 'tls_expired'
  | 'tls_other_name'
  | 'tls'
  | 'network'
  | 'proxy_auth'
  | 'proxy_html'
  | 'proxy_redirect'
  | 'provider_down'
  | 'throttled'
  | 'oversize'
  | 'not_json';

/** Certificates that nobody on our list of authorities signed: as a rule a proxy's own.
 * @see https://nodejs.org/docs/latest-v20.x/api/tls.html#x509-certificate-error-codes */
const untrusted =
  /^(UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE)$/;

const faultByCode: [codes: RegExp, fault: NetworkFault][] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'dns'],
  [/^ECONNREFUSED$/, 'refused'],
  [/^(ETIMEDOUT|UND_ERR_\w+_TIMEOUT)$/, 'timeout'],
  [untrusted, 'tls_untrusted'],
  [/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/, 'tls_expired'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'tls_other_name'],
  [/CERT|TLS|SSL|EPROTO/, 'tls'],
];

/** Names what `fetch`, or reading its answer, threw. */
export function faultFromError(error: unknown, signal: AbortSignal): NetworkFault {
  if (signal.aborted || error instanceof SignInError) return 'timeout';
  if (!(error instanceof Error)) return 'network';
  if (error.message === 'too_large') return 'oversize';
  const { code = '' } = (error.cause ?? error) as { code?: unknown };
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'not_json';
  return faultByCode.find(([codes]) => codes.test(String(code)))?.[1] ?? 'network';
}

/** Names an answer that is not Microsoft's, or not one that says anything.
 * @param isData whether Microsoft would answer with JSON and never with a page or a redirect */
export function faultFromAnswer(
  {
    status,
    headers,
    text,
    json,
  }: { status: number; headers: Headers; text: string; json?: unknown },
  isData: boolean,
): NetworkFault | undefined {
  if (status === 407) return 'proxy_auth';
  if (status === 511) return 'proxy_html'; // RFC 6585 §6: sign in to the network first
  if (status === 429) return 'throttled';
  if (status >= 500) return 'provider_down';
  if (!isData) return undefined;
  if (status === 0 || (status >= 300 && status < 400)) return 'proxy_redirect';
  if (json !== undefined) return undefined;
  const isPage = headers.get('content-type')?.includes('html') || /^\s*</.test(text);
  return isPage ? 'proxy_html' : 'not_json';
}

const caStep =
  'Ask the network’s administrator for the proxy’s root certificate and name its file in NODE_EXTRA_CA_CERTS.';
const laterStep = 'Try again in a few minutes; nothing is said against what you entered.';

/** What it means, with `{place}` for Microsoft or the stand-in, and the next step. */
const texts: Readonly<Record<NetworkFault, [says: string, next: string]>> = {
  dns: [
    'The name of {place} could not be resolved.',
    'Check that this computer is online and that its DNS resolves names on the internet.',
  ],
  refused: [
    'The connection to {place} was refused.',
    'Check whether a firewall stands between this computer and {place}.',
  ],
  timeout: [
    'There was no answer from {place} within 8 seconds.',
    'Check whether this computer reaches the internet only through a proxy or VPN, then try again.',
  ],
  tls_untrusted: [
    'The connection to {place} is opened by someone in between: its certificate comes from an authority that Node does not know.',
    caStep,
  ],
  tls_expired: [
    'The certificate shown for {place} is not valid at this computer’s time.',
    'Set this computer’s date and time, then try again.',
  ],
  tls_other_name: [
    'The certificate shown for {place} belongs to another name.',
    'Check the DNS and the hosts file of this computer: the name leads to another server.',
  ],
  tls: [
    'No secure connection to {place} could be made.',
    'Check whether a proxy or firewall breaks TLS connections open, and let this one pass.',
  ],
  network: [
    'The connection to {place} broke off.',
    'Check the network connection, the VPN and the firewall, then try again.',
  ],
  proxy_auth: [
    'A proxy asks for a name and password before it lets a request to {place} pass.',
    'Ask the network’s administrator to let this computer reach {place} without them.',
  ],
  proxy_html: [
    'A web page came back in place of an answer of {place}: a proxy or a network’s sign-in page stands in between.',
    'Open any web page in a browser and sign in to the network, or ask its administrator to let requests to {place} pass.',
  ],
  proxy_redirect: [
    'A request to {place} was sent on to another address, which {place} never does.',
    'Open any web page in a browser and sign in to the network, or ask its administrator to let requests to {place} pass.',
  ],
  provider_down: ['{place} answered that it cannot work at the moment.', laterStep],
  throttled: ['{place} asks for fewer requests.', laterStep],
  oversize: [
    'The answer of {place} was far longer than any that it gives.',
    'Check whether a proxy stands in between, then try again.',
  ],
  not_json: [
    'The answer of {place} could not be read.',
    'Check whether a proxy stands in between, then try again.',
  ],
};

/** One finding for one fault, however many requests it hit. */
export function findingFromFault(
  fault: NetworkFault,
  { origin, locationOrigin }: Authority,
  status: Status,
): Finding {
  const isStandIn = origin !== locationOrigin;
  const place = isStandIn ? 'the local stand-in' : 'Microsoft';
  const fill = (text: string) => {
    const filled = text.replaceAll('{place}', place);
    return filled.charAt(0).toUpperCase() + filled.slice(1);
  };
  const [says, next] = texts[fault];
  const start = isStandIn && fault === 'refused' && 'Start the local stand-in with npm run dev.';
  return { code: fault, status, subject: 'Network', says: fill(says), next: start || fill(next) };
}
