import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { choose, expect, test } from './fixtures';
import { copyForDevelopment } from './variant';

type Dev = { child: ChildProcess; output: () => string; url: string };

const { PATH, HOME } = process.env;
const developer = { PATH, HOME, NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' } as const;

// A copy: a developer's own settings and running server must not matter, nor be disturbed.
let project = { folder: '', remove: () => {} };
test.beforeAll(() => {
  project = copyForDevelopment();
});
test.afterAll(() => project.remove());

/** Runs `npm run dev` as a developer does, and waits until it has said where the app is. */
async function npmRunDev(env: Record<string, string> = {}): Promise<Dev> {
  const child = spawn('npm', ['run', 'dev'], {
    cwd: project.folder,
    env: { ...developer, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  }
  await expect.poll(() => output, { timeout: 30_000 }).toMatch(/Ready in|exit/);
  const url = /App\s+(http:\S+)/.exec(output)?.[1] ?? '';
  return { child, output: () => output, url };
}

/** What Ctrl-C does: the whole group in the foreground gets the signal. */
async function ctrlC({ child }: Dev): Promise<void> {
  const closed = once(child, 'close');
  process.kill(-(child.pid ?? 0), 'SIGINT');
  await closed;
}

/** A process and everything that it started, by id. */
function family(pid: number): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number));
  const children = (parent: number): number[] =>
    rows.flatMap(([id, its]) => (its === parent && id ? [id, ...children(id)] : []));
  return [pid, ...children(pid)];
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const answers = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

test('npm run dev needs no account, says everything, and leaves no process behind', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(3000, resolve).on('error', () => resolve()));
  const dev = await npmRunDev();

  const said = dev.output();
  expect(said).toContain('stand-in for Microsoft Entra ID');
  expect(said).toMatch(/Ada Berg[\s\S]*Noor de Vries/);
  expect(dev.url, 'port 3000 is taken').not.toBe('http://localhost:3000');
  const standIn = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '';

  // Whoever tries the sign-in out from the set-up page finds the way back there.
  await page.goto(`${dev.url}/auth/sign-in?returnTo=/setup`, { timeout: 60_000 });
  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click({ timeout: 60_000 });
  await choose(page, 'Cancel');
  const back = page.getByRole('link', { name: 'Back to set-up' });
  await expect(back).toHaveAttribute('href', '/setup', { timeout: 60_000 });

  await page.goto(`${dev.url}/account?tab=details`, { timeout: 60_000 });
  await page.getByRole('button', { name: 'Sign in with Microsoft' }).click({ timeout: 60_000 });
  await choose(page, 'Ada Berg');
  await expect(page).toHaveURL(`${dev.url}/account?tab=details`, { timeout: 60_000 });
  expect(dev.output(), 'no authorization code in the log').not.toMatch(/[?&]code=/);

  await page.goto('about:blank'); // the page itself would complain about its server
  const processes = family(dev.child.pid ?? 0);
  expect(processes.length).toBeGreaterThan(2);
  const asked = Date.now();
  await ctrlC(dev);
  expect(Date.now() - asked, 'Next was asked to end, not killed in the end').toBeLessThan(4_000);
  await expect.poll(() => processes.filter(isRunning)).toEqual([]);
  expect(await answers(dev.url)).toBe(false);
  expect(await answers(standIn)).toBe(false);
  blocker.close();
});

test('stopping npm alone stops the app too', async () => {
  const dev = await npmRunDev();
  const processes = family(dev.child.pid ?? 0);
  expect(processes.length).toBeGreaterThan(2);
  dev.child.kill('SIGTERM'); // as a process manager does; npm's shell passes nothing on
  await expect.poll(() => processes.filter(isRunning), { timeout: 15_000 }).toEqual([]);
});

test('half a configuration never falls back to the stand-in', async () => {
  const child = spawn('npm', ['run', 'dev'], {
    cwd: project.folder,
    env: { ...developer, AZURE_CLIENT_ID: '5f0c2a4e-7d1b-4c53-9a86-1e2d3c4b5a69' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  }
  await once(child, 'close');
  expect(child.exitCode).not.toBe(0);
  expect(output).not.toContain('stand-in for');
  expect(output).toContain('AZURE_CLIENT_SECRET is not set');
});
