import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { AppServer } from '../app-server';

const megabyte = 1024 * 1024;

/** The memory that a server holds right now, in megabytes. */
function residentMegabytes({ pid }: AppServer['process']): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return (Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024) / megabyte;
  } catch {
    // macOS has no /proc
    const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
    return (Number(kilobytes) * 1024) / megabyte;
  }
}

/** By how many megabytes a server's memory grew at most while `work` ran. */
export async function growthWhile(app: AppServer, work: () => Promise<void>): Promise<number> {
  const before = residentMegabytes(app.process);
  let highest = before;
  const look = () => {
    highest = Math.max(highest, residentMegabytes(app.process));
  };
  const watch = setInterval(look, 20);
  try {
    await work();
    look();
  } finally {
    clearInterval(watch);
  }
  return highest - before;
}
