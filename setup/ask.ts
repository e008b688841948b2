import { withDeadline } from '../lib/deadline';
import { readText } from '../lib/read-text';
import { type Fetch, maxAnswerBytes } from '../lib/upstream';
import { faultFromAnswer, faultFromError, type NetworkFault } from './network-fault';

/** How long each request of the tests may take, body included. */
const askDeadlineSeconds = 8;

/** What the tests need of the outside. */
export type Tools = { fetch: Fetch; nowSeconds: () => number };

type Answer = {
  status: number;
  headers: Headers;
  text: string;
  /** The text as an object, where it is one. */
  json: Record<string, unknown> | undefined;
};

/** An answer of Microsoft, or what kept us from one. */
export type Asked = { kind: 'answer'; answer: Answer } | { kind: 'network'; fault: NetworkFault };

/** What a request left open: nothing came back, or something that is not understood. */
export type Unclear =
  | { kind: 'network'; fault: NetworkFault }
  | { kind: 'unknown'; aadsts: number | undefined };

function objectFrom(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

async function read(fetch: Fetch, url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  const { status, headers } = response;
  const text = await readText(response.body, maxAnswerBytes);
  return { status, headers, text, json: objectFrom(text) };
}

/** Asks Microsoft once, within a deadline and a size. Follows no redirect: a secret must not travel
 * to where we did not send it (RFC 9700 §4.12). Never throws.
 * @param isData whether only JSON can be Microsoft's answer; false where it may show a page */
export async function ask(
  fetch: Fetch,
  url: string,
  init: RequestInit = {},
  isData = true,
): Promise<Asked> {
  const signal = AbortSignal.timeout(askDeadlineSeconds * 1000);
  try {
    const request = { ...init, signal, redirect: 'manual', cache: 'no-store' } as const;
    const answer = await withDeadline(read(fetch, url, request), askDeadlineSeconds);
    const fault = faultFromAnswer(answer, isData);
    return fault ? { kind: 'network', fault } : { kind: 'answer', answer };
  } catch (error) {
    return { kind: 'network', fault: faultFromError(error, signal) };
  }
}
