/** An answer, and for how long it is good. */
export type Timed<T> = { value: T; seconds: number };

/** A failure is repeated for so long without asking again: whoever reloads the page must not become
 * a flood of requests to a service that is in trouble already. */
const failureSeconds = 5;

/** Keeps answers for as long as they are good, in bounded memory. Whoever asks for the same thing at
 * the same time waits for one and the same request.
 * @param most beyond so many the oldest are forgotten
 * @param now the current time in seconds */
export function createRecentAnswers<T>(most: number, now: () => number) {
  type Answer = { promise: Promise<T>; untilSeconds: number };
  const answers = new Map<string, Answer>();

  function keep(key: string, answer: Answer): void {
    answers.delete(key);
    answers.set(key, answer);
    for (const oldest of answers.keys()) {
      if (answers.size <= most) return;
      answers.delete(oldest);
    }
  }

  return {
    /** @throws whatever `ask` does, or did a few seconds ago */
    read(key: string, ask: () => Promise<Timed<T>>): Promise<T> {
      const kept = answers.get(key);
      if (kept && now() < kept.untilSeconds) return kept.promise;
      const asked = ask();
      const promise = asked.then(({ value }) => value);
      const answer: Answer = { promise, untilSeconds: Number.POSITIVE_INFINITY };
      const goodFor = (seconds: number) => {
        answer.untilSeconds = now() + seconds;
      };
      asked.then(
        ({ seconds }) => goodFor(seconds),
        () => goodFor(failureSeconds),
      );
      keep(key, answer);
      return promise;
    },

    /** Takes an answer back: for so long, whoever asks for it gets the error. */
    refuse(key: string, error: Error, seconds = failureSeconds): void {
      const promise = Promise.reject<T>(error);
      promise.catch(() => {}); // nobody may ask
      keep(key, { promise, untilSeconds: now() + seconds });
    },
  };
}
