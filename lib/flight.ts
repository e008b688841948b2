import type { IdTokenCheck } from './id-token';
import type { Identity } from './identity';
import type { Metadata, SigningKey } from './provider-metadata';
import type { Session } from './session-token';

/** What happens in a sign-in, told as it happens and with every secret in it. */
export type Step =
  /** `flow` names the sign-in from here on. */
  | { step: 'request'; flow: string; url: URL }
  | { step: 'answer'; parameters: URLSearchParams }
  | { step: 'metadata'; metadata: Metadata }
  | { step: 'token_request'; url: string; body: URLSearchParams }
  | { step: 'token_answer'; status: number; json: Record<string, unknown> }
  | { step: 'keys'; kid: string | undefined; keys: readonly SigningKey[] }
  | { step: 'passed'; check: IdTokenCheck }
  | { step: 'policy'; identity: Identity; refusal: string | undefined }
  | { step: 'session'; session: Session; cookie: string }
  | { step: 'refused'; error: unknown; incidentId: string };

/** Listens to one sign-in. */
export type Trace = (step: Step) => void;

/** The global that `next dev` puts its flight recorder in (setup/flights/recorder.ts). A text and no
 * symbol: the compiler then leaves it out of a build. */
export const recorderPlace = 'azure-auth-manager.flight-recorder';
type World = { [recorderPlace]?: (flow?: string) => Trace };

/** Who listens to a sign-in: the flight recorder while `next dev` runs. The compiler writes
 * NODE_ENV down, so in a build there is nobody, whatever the environment says.
 * @param flow names a sign-in that is under way */
export function traceSignIn(flow?: string): Trace | undefined {
  if (process.env.NODE_ENV !== 'development') return undefined;
  return (globalThis as World)[recorderPlace]?.(flow);
}
