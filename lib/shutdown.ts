import { record } from './audit';
import type { RequestsUnderWay } from './incoming-requests';

/** On the global object, because Next bundles the probe's route apart from the code that runs at
 * the start: a variable of this module would exist twice. */
const stopping = Symbol.for('azure-auth-manager.stopping');

/** Whether this process was asked to end. */
export const isStopping = (): boolean => Object.hasOwn(globalThis, stopping);

/** How long requests under way may take once the pause is over: longer than any of them waits for
 * Microsoft (`upstreamDeadlineSeconds`), and with the default pause all is over within ten seconds,
 * which is how long `docker stop` waits. */
const drainSeconds = 6;
/** A terminal, npm and a shell between them may each pass on the same Ctrl-C. */
const sameSignalMs = 500;

const signals = ['SIGTERM', 'SIGINT'] as const;

/** Makes SIGTERM and SIGINT end this process without a request being lost: `/readyz` turns red, the
 * server answers on for `delaySeconds` so that load balancers notice, and then nothing new is
 * accepted and what is under way is finished, or cut when it hangs. A second signal ends at once.
 *
 * Call it before Next opens its port. Next closes the port as soon as the signal comes, and its way
 * out, NEXT_MANUAL_SIG_HANDLE, gives up its orderly end (work of `after()`, open caches) with it. So
 * the listeners that Next registers for these signals (server/lib/start-server.js) are taken over
 * as they come, and told of the signal when the pause is over.
 * @see docs/decisions/0012-going-red-before-going-away.md */
export function prepareShutdown(delaySeconds: number, requests: RequestsUnderWay): void {
  const drains: [signal: string, drain: (signal: string) => void][] = [];
  let stoppedAtMs: number | undefined;

  function stop(signal: NodeJS.Signals): void {
    if (stoppedAtMs !== undefined) {
      if (performance.now() - stoppedAtMs > sameSignalMs) end();
      return;
    }
    stoppedAtMs = performance.now();
    Object.assign(globalThis, { [stopping]: true });
    record({ event: 'app.stopping', signal, delaySeconds });
    requests.closeConnections();
    if (drains.length === 0) end(); // the port was not open yet
    setTimeout(drain, delaySeconds * 1000, signal);
  }

  function drain(signal: NodeJS.Signals): void {
    setTimeout(end, drainSeconds * 1000);
    for (const [name, listener] of drains) if (name === signal) listener(signal);
  }

  for (const signal of signals) process.on(signal, stop);
  process.on('newListener', (name: string, listener: (signal: string) => void) => {
    if (name !== 'SIGTERM' && name !== 'SIGINT') return;
    drains.push([name, listener]);
    // It is added right after this; no signal can come in between.
    queueMicrotask(() => process.off(name, listener));
  });
  process.on('exit', () => {
    if (isStopping()) record({ event: 'app.stopped', unfinished: requests.count() });
  });
}

/** A stop that was asked for is no failure, even when it had to cut something. */
const end = () => process.exit(0);
