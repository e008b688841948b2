/** Whether everything is done in full, which takes half an hour: in CI, or with `CI=true npm test`. By
 * hand fewer of what is done by the thousand. */
export const isInFull = Boolean(process.env.CI);

/** How many of `all` are done. */
export const inFull = (all: number): number => (isInFull ? all : all / 10);
