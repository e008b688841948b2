import { SignInError } from './sign-in-error';

/** Lets so many pieces of work run at a time; the others wait for their turn. Sign-ins share one
 * processor: if a thousand came at once, each would wait for all the others in the middle of its
 * own, and run into the deadlines that are meant for Microsoft. When Microsoft does not answer one
 * of them, those that wait are told so at once: waiting adds nothing to the deadline. */
export function createTurns(most: number) {
  const waiting: { start: () => void; giveUp: (error: unknown) => void }[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < most) running += 1;
    else await new Promise<void>((start, giveUp) => waiting.push({ start, giveUp }));
    try {
      return await work();
    } catch (error) {
      if (error instanceof SignInError && error.code === 'provider_unavailable') {
        for (const { giveUp } of waiting.splice(0)) giveUp(error);
      }
      throw error;
    } finally {
      const next = waiting.shift();
      if (next) next.start();
      else running -= 1;
    }
  };
}
