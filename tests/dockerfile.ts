import { readFileSync } from 'node:fs';

/** One instruction of a Dockerfile, its lines joined: `COPY`, and all that follows. */
type Instruction = { name: string; text: string };

/** The instructions of the last stage, the only ones that are left in an image.
 * @throws Error where there is no stage */
export function finalStage(dockerfile: string): Instruction[] {
  const instructions = dockerfile
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => {
      const [, name = '', text = ''] = /^\s*(\w+)\s+(.*)$/.exec(line) ?? [];
      return { name: name.toUpperCase(), text };
    });
  const from = instructions.findLastIndex(({ name }) => name === 'FROM');
  if (from < 0) throw new Error('no stage');
  return instructions.slice(from);
}

/** What the last stage says, by the name of the instruction; of several the last one. */
export function imageOf(dockerfile: string) {
  const stage = finalStage(dockerfile);
  const last = (name: string) => stage.findLast((one) => one.name === name)?.text ?? '';
  const command = (text: string): string[] => JSON.parse(/\[.*\]/.exec(text)?.[0] ?? '[]');
  return {
    base: last('FROM'),
    user: last('USER'),
    workdir: last('WORKDIR'),
    stopSignal: last('STOPSIGNAL'),
    command: command(last('CMD')),
    health: command(last('HEALTHCHECK')),
    runs: stage.filter(({ name }) => name === 'RUN').map(({ text }) => text),
    copies: stage.filter(({ name }) => ['COPY', 'ADD'].includes(name)).map(({ text }) => text),
    env: Object.fromEntries(
      stage
        .filter(({ name }) => name === 'ENV')
        .flatMap(({ text }) => [...text.matchAll(/(\w+)=(\S*)/g)])
        .map(([, name = '', value = '']) => [name, value]),
    ) as Record<string, string>,
  };
}

/** The Dockerfile of this project. */
export const ownDockerfile = (): string => readFileSync('Dockerfile', 'utf8');
