import { isDeepStrictEqual } from 'node:util';

/** What a loop of hundreds of requests asserts. `expect` notes each call as a step of the test and
 * looks through all earlier ones for the step around it: thousands of them cost more than the
 * requests that they judge. */
export function hold(condition: boolean, promise: string): void {
  if (!condition) throw new Error(`does not hold: ${promise}`);
}

/** Holds that two values are the same, down to the last field. */
export function holdSame(actual: unknown, expected: unknown, promise: string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  const [got, wanted] = [actual, expected].map((one) => JSON.stringify(one));
  hold(false, `${promise}: ${got}, and not ${wanted}`);
}
