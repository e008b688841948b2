/** Loaded into every server of the bench before its own code: answers what the process has used. */
const crypto = require('node:crypto');
const { Session } = require('node:inspector');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

// A list of 100,000 tenants is longer than a system lets a variable be that a process starts with.
const more = Number(process.env.BENCH_MORE_TENANTS ?? 0);
if (more > 0) {
  const id = (_, at) => `00000000-0000-4000-8000-${at.toString(16).padStart(12, '0')}`;
  process.env.AZURE_VALID_TENANT_IDS += `,${Array.from({ length: more }, id).join()}`;
}

let keysDerived = 0;
/** @param {Record<string, (...all: unknown[]) => unknown>} object @param {string[]} names */
function countCalls(object, names) {
  for (const name of names) {
    const genuine = object[name];
    if (!genuine) continue;
    object[name] = function counted(...all) {
      keysDerived += 1;
      return genuine.apply(this, all);
    };
  }
}
// The edge runtime inside of the server has the same prototype.
countCalls(crypto.webcrypto.subtle.constructor.prototype, ['deriveBits', 'deriveKey']);
countCalls(crypto, ['hkdf', 'hkdfSync', 'pbkdf2', 'pbkdf2Sync', 'scrypt', 'scryptSync']);

const session = new Session();

/** @param {string} method */
function profiler(method) {
  session.post(`Profiler.${method}`, (_problem, answer) => {
    if (method === 'stop') session.disconnect();
    process.send?.(answer?.profile ?? {});
  });
}

function tellUsage() {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({
    cpuMs: (user + system) / 1000,
    keysDerived,
    rssMb: rss / 2 ** 20,
    heapMb: heapUsed / 2 ** 20,
  });
}

process.on('message', (ask) => {
  if (ask === 'start') {
    session.connect();
    session.post('Profiler.enable');
  }
  if (ask === 'start' || ask === 'stop') return profiler(ask);
  if (ask === 'collect') for (let times = 0; times < 3; times += 1) collect();
  tellUsage();
});
process.channel?.unref();
