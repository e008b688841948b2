import { SignInError } from './sign-in-error';

/** Waits for Microsoft for so long and no longer, over all requests of one step.
 * @throws SignInError `provider_unavailable` at the deadline */
export async function withDeadline<T>(work: Promise<T>, seconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_, reject) => {
    const error = new SignInError('provider_unavailable', { reason: 'timeout' });
    timer = setTimeout(() => reject(error), seconds * 1000);
  });
  return Promise.race([work, deadline]).finally(() => clearTimeout(timer));
}
