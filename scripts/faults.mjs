/** `npm run faults`: kills Redis, an instance and the stand-in in turn, under load, brings each back, and
 * prints what people lost by it. The exit code is 0 when nobody who is signed in noticed. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gatherCrowd, startActing, startArriving, startReading } from './crowd.mjs';
import { howToInstall, missingServers } from './debian.mjs';
import { printFaults } from './faults-table.mjs';
import { freePort } from './free-port.mjs';
import { standaloneFolder, statusOf } from './instance.mjs';
import { startProgram, until } from './program.mjs';
import { startCluster } from './servers.mjs';
import { createVisitor, SignInRefused } from './visitor.mjs';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '5' },
  },
});
const [peopleCount, seconds] = [Number(values.people), Number(values.seconds)];
const missing = missingServers();
if (missing.length > 0 || !existsSync(`${standaloneFolder}/start.mjs`)) {
  console.error(missing.length > 0 ? howToInstall(missing) : 'There is no build. npm run build');
  process.exit(1);
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => process.exit(1)); // what was started ends with this process
}

/** The stand-in in a process of its own, so that it can be killed. @param {number} port */
async function startStandIn(port) {
  /** @type {Record<string, string>} */
  const variables = {};
  const serve = fileURLToPath(new URL('../entra-local/serve.mjs', import.meta.url));
  const args = [serve, '--port', `${port}`, '--strict-port'];
  const program = startProgram(process.execPath, args, {
    onLine(line) {
      const [, name, value] = /^ *((?:ENTRA|AZURE)_\w+)=(\S+)$/.exec(line) ?? [];
      if (name && value) variables[name] = value;
    },
  });
  await until(async () => (await statusOf(`http://127.0.0.1:${port}`)) > 0, 'no stand-in');
  return { variables, kill: () => program.stop('SIGKILL') };
}

const wait = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));
const standInPort = await freePort(25_000);
let standIn = await startStandIn(standInPort);
const cluster = await startCluster({ env: standIn.variables, port: standInPort + 1 });
const [first] = cluster.places;
if (!first) throw new Error('There is no instance.');

const people = await gatherCrowd(cluster.origin, peopleCount, 10);
const actors = people.slice(0, 4);
console.log(
  `${peopleCount} people are signed in at ${cluster.origin}, and others come all the time.`,
);

// Half-way at Microsoft when it goes down: the app cannot redeem what they bring back.
const halfway = Array.from({ length: 3 }, () => createVisitor(cluster.origin));
/** @type {string[]} */
let callbacks = [];
/** @type {string[]} */
const comeBack = [];

// Who signs out shortly before and while Redis is away. Copies of their cookies must stay worthless.
const leavers = ['Ada Berg', 'Ada Berg', 'Farid Nasser'].map((name) =>
  createVisitor(cluster.origin, name),
);
for (const one of leavers) await one.signIn();
/** @type {{ name: string, value: string }[]} */
const ended = [];
/** @param {import('./visitor.mjs').Visitor | undefined} one @param {string} scope */
async function signOut(one, scope) {
  const cookie = one?.session();
  if (cookie) ended.push(cookie);
  await one?.post('/auth/sign-out', { scope });
}

/** @type {{ what: string, run?: () => Promise<unknown>, cutsPosts?: boolean }[]} */
const faults = [
  { what: 'nothing is wrong' },
  {
    what: 'Redis is killed',
    async run() {
      await signOut(leavers[0], 'app'); // known everywhere when it happens
      await cluster.redis.stop('SIGKILL');
      await signOut(leavers[1], 'app');
      await signOut(leavers[2], 'everywhere');
    },
  },
  { what: 'Redis is back, empty', run: () => cluster.redis.start() },
  { what: 'an instance is killed', cutsPosts: true, run: () => first.stop('SIGKILL') },
  { what: 'the instance is back', run: () => first.start() },
  {
    what: 'the stand-in is killed',
    async run() {
      callbacks = await Promise.all(halfway.map((one) => one.beginSignIn()));
      await standIn.kill();
      for (const [index, one] of halfway.entries()) {
        await one.finishSignIn(callbacks[index] ?? '').catch((error) => {
          if (!(error instanceof SignInRefused)) throw error;
          comeBack.push(error.message);
        });
      }
    },
  },
  {
    what: 'the stand-in is back',
    async run() {
      standIn = await startStandIn(standInPort);
      for (const one of halfway) await one.signIn();
    },
  },
];

const reading = startReading(people.slice(4), { pauseMs: 500 });
const acting = startActing(actors, '/account');
const arriving = startArriving(cluster.origin, 2);
/** @type {import('./faults-table.mjs').Row[]} */
const rows = [];
for (const { what, run, cutsPosts = false } of faults) {
  await run?.();
  await wait(seconds * 1000);
  const ready = await Promise.all(cluster.places.map(({ url }) => statusOf(`${url}/readyz`)));
  rows.push({
    ...{ what, cutsPosts, ready },
    ...{ reading: reading.take(), acting: acting.take(), arriving: arriving.take() },
  });
}
await Promise.all([reading.stop(), acting.stop(), arriving.stop()]);

/** Who is not known any more, at either instance. */
const gone = await Promise.all(
  people.flatMap((one) => cluster.places.map(({ url }) => one.open('/api/me', url))),
).then((answers) => answers.filter(({ status }) => status !== 200).length);
/** Sessions that were signed out, and are let in by some instance all the same. */
const revived = await Promise.all(
  ended.flatMap(({ name, value }) =>
    cluster.places.map(({ url }) =>
      fetch(`${url}/api/me`, { headers: { cookie: `${name}=${value}` } }),
    ),
  ),
).then((answers) => answers.filter(({ status }) => status !== 401).length);
if (ended.length !== 3) throw new Error('Three people signed out, and fewer are known.');
await cluster.close();
await standIn.kill();

const isLost = printFaults(rows, { gone, revived, comeBack, peopleCount });
process.exit(isLost ? 1 : 0);
