import { arch, availableParallelism, cpus, release, totalmem, type } from 'node:os';

/** What the figures were measured on; names no host, person or folder. */
export const machine = () => ({
  processor: cpus()[0]?.model.trim() || arch(),
  processors: availableParallelism(),
  memoryGb: Math.round(totalmem() / 2 ** 30),
  system: `${type()} ${release().split('-')[0]} ${arch()}`,
  node: process.version,
});
