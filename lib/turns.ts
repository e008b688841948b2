/** Lets so many pieces of work run at a time; the others wait for their turn. Sign-ins share one
 * processor: if a thousand came at once, each would wait for all the others in the middle of its
 * own, and run into the deadlines that are meant for Microsoft. */
export function createTurns(most: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < most) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
