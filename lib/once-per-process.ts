/** Makes something once per process, however often it is asked for. Next bundles pages apart from
 * route handlers, so a variable of a module exists twice. The edge is a world of its own, with
 * another global object: nothing is shared with middleware.
 * @param name tells things apart; what differs by configuration has that in its name */
export function oncePerProcess<T>(name: string, make: () => T): T {
  const slot = Symbol.for(`azure-auth-manager.${name}`);
  const shared = globalThis as { [slot]?: T };
  shared[slot] ??= make();
  return shared[slot];
}
