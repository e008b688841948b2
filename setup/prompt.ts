import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Puts a question to a person. What is typed after a hidden one is not shown. */
export type Ask = (question: string, options?: { hidden?: boolean }) => Promise<string>;

const terminal = { input: process.stdin, output: process.stdout };

/** Thrown when the person leaves with Ctrl-C or Ctrl-D. */
export class Left extends Error {
  override readonly name = 'Left';
}

type Terminal = { input: NodeJS.ReadableStream; output: NodeJS.WritableStream };

/** Questions in a terminal, this one if not told otherwise. */
export function terminalPrompt({ input, output }: Terminal = terminal): Ask {
  return (question, { hidden = false } = {}) =>
    new Promise((answer, leave) => {
      let silent = false;
      const screen = new Writable({
        write(chunk, _encoding, done) {
          if (!silent) output.write(chunk);
          done(); // at once: what waits would be written after the question, when nothing may be
        },
      });
      const lines = createInterface({ input, output: screen, terminal: true });
      lines.on('SIGINT', () => lines.close());
      lines.on('close', () => {
        if (hidden) output.write('\n');
        leave(new Left()); // without an effect once there is an answer
      });
      lines.question(question).then((line) => {
        answer(line);
        lines.close();
      }, leave);
      silent = hidden;
    });
}

/** What is shown of a value that is kept: never the value. */
export function heldValue(value: string): string {
  return value.length < 16 ? 'set' : `set, ends in …${value.slice(-3)}`;
}
