import { site } from '../lib/site';
import type { Command } from './command';
import { type Attempt, connect, hasFailed, ourTests, type Place, type Tests } from './connect';
import type { Typed } from './fields';
import { askForTenants, askForValues } from './interview';
import type { Ask } from './prompt';
import { frontChannelLogoutUrlOf, localOrigin, redirectUrisOf } from './redirect-uris';
import { type RegisterTools, register } from './register';
import { linesFromFindings, linesFromProblems } from './report';

/** Where `npm run setup` runs, and whom it talks to. */
export type Surroundings = {
  place: Place;
  /** What is known without asking: arguments, environment and files. */
  known: Typed;
  ask: Ask;
  /** A line for a person. */
  say: (line: string) => void;
  /** The one line for a program. */
  answer: (json: string) => void;
  tools: Omit<RegisterTools, 'confirm'>;
};

const isYes = (text: string) => /^y(es)?$/i.test(text.trim());

function sayAttempt({ problems, findings }: Attempt, say: Surroundings['say']): void {
  for (const line of [...linesFromProblems(problems), ...linesFromFindings(findings)]) say(line);
}

function registerByCommand(command: Command, around: Surroundings, typed: Typed, tests: Tests) {
  const { ask, say, place, tools } = around;
  const confirm = async (does: readonly string[]) => {
    say('This will be done in Microsoft Entra ID:');
    for (const step of does) say(`  - ${step}`);
    return command.yes || isYes(await ask('Go on? [y/N] '));
  };
  const app = { name: command.name ?? site.name, origins: command.origin ? [command.origin] : [] };
  return register(typed, app, place, { ...tools, confirm }, tests);
}

/** Asks, tests and saves until it is done or the person has had enough. */
async function converse(around: Surroundings, tests: Tests): Promise<Attempt> {
  const { ask, say, place, tools } = around;
  let typed = await askForValues(around.known, ask, say);
  for (;;) {
    say('Testing…');
    const attempt = await connect(typed, place, tools, tests);
    sayAttempt(attempt, say);
    if (attempt.saved) return attempt;
    const wrong = attempt.problems.map(({ field }) => field);
    if (wrong.length === 0 && !isYes(await ask('Change the values and try again? [y/N] '))) {
      return attempt;
    }
    typed = await askForValues(typed, ask, say, wrong.length > 0 ? wrong : undefined);
  }
}

async function attemptOf(command: Command, around: Surroundings, tests: Tests): Promise<Attempt> {
  const { known, ask, say, place, tools } = around;
  if (command.az) {
    const tenants = command.yes ? known.tenants : await askForTenants(known, ask, say);
    const attempt = await registerByCommand(command, around, { ...known, tenants }, tests);
    sayAttempt(attempt, say);
    return attempt;
  }
  say('Redirect URIs to register, on the platform Web:');
  const origins = [localOrigin, ...(command.origin ? [command.origin] : [])];
  for (const uri of redirectUrisOf(origins)) say(`  ${uri}`);
  if (command.origin) {
    say('Front-channel logout URL, with the optional claim sid:');
    say(`  ${frontChannelLogoutUrlOf(command.origin)}`);
  }
  if (!command.yes) return converse(around, tests);
  const attempt = await connect(known, place, tools, tests);
  sayAttempt(attempt, say);
  return attempt;
}

/** Runs the command. @returns the exit code: 0 saved, 1 not */
export async function runSetup(
  command: Command,
  around: Surroundings,
  tests: Tests = ourTests,
): Promise<number> {
  const attempt = await attemptOf(command, around, tests);
  const { saved, problems, findings } = attempt;
  if (command.json) around.answer(JSON.stringify({ saved, problems, findings }));
  around.say(
    saved
      ? 'Saved in .env.local. Next: npm run dev'
      : 'Nothing was saved: .env.local is as it was.',
  );
  return saved && !hasFailed(findings) ? 0 : 1;
}
