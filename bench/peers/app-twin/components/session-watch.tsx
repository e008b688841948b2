/** Without sessions there is nothing to watch. */
export const SessionWatch = (_: object) => null;
