import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Puts a question to a person. What is typed after a hidden one is not shown. */
export type Ask = (question: string, options?: { hidden?: boolean }) => Promise<string>;

/** Thrown when the person leaves with Ctrl-C or Ctrl-D. */
export class Left extends Error {
  override readonly name = 'Left';
}

/** Questions in this terminal. */
export function terminalPrompt(): Ask {
  return (question, { hidden = false } = {}) =>
    new Promise((answer, leave) => {
      let silent = false;
      const output = new Writable({
        write(chunk, encoding, done) {
          if (silent) done();
          else process.stdout.write(chunk, encoding, () => done());
        },
      });
      const lines = createInterface({ input: process.stdin, output, terminal: true });
      const close = (finish: () => void) => {
        lines.removeAllListeners('close');
        lines.close();
        if (hidden) process.stdout.write('\n');
        finish();
      };
      lines.on('SIGINT', () => close(() => leave(new Left())));
      lines.on('close', () => leave(new Left()));
      lines.question(question).then(
        (line) => close(() => answer(line)),
        () => close(() => leave(new Left())),
      );
      // The question itself is written at once.
      silent = hidden;
    });
}

/** What is shown of a value that is kept: never the value. */
export function heldValue(value: string): string {
  return value.length < 16 ? 'set' : `set, ends in …${value.slice(-3)}`;
}
