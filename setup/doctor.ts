/** `npm run doctor`: what keeps people from signing in, here or in a deployment, and what to mend. */
import { UsageError } from './command';
import { testConnection } from './connection';
import { type Command, parseCommand, usage } from './doctor/command';
import { diagnose } from './doctor/diagnose';
import { readEnvironment } from './doctor/environment';
import { exitCodeOf, jsonFromFindings, linesFromFindings } from './doctor/report';

/** npm starts us in the project's folder. */
const root = process.cwd();

async function examine(command: Command): Promise<number> {
  const { json, offline, production } = command;
  const findings = await diagnose(command, {
    root,
    environment: readEnvironment(root, production),
    nodeVersion: process.versions.node,
    platform: process.platform,
    fetch: (url, init) => fetch(url, init),
    nowSeconds: () => Math.floor(Date.now() / 1000),
    testConnection,
  });
  if (json) {
    process.stdout.write(`${jsonFromFindings(findings)}\n`);
    return exitCodeOf(findings);
  }
  const lines = [
    `For ${production ? 'npm start, in production' : 'npm run dev, in development'}.`,
    '',
    ...linesFromFindings(findings),
    ...(offline ? ['Not asked, because of --offline: Microsoft'] : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return exitCodeOf(findings);
}

async function main(): Promise<number> {
  try {
    const command = parseCommand(process.argv.slice(2), process.env.NODE_ENV);
    if (!command.help) return await examine(command);
    process.stdout.write(`${usage}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n\n${usage}\n`);
    return 2;
  }
}

process.exitCode = await main();
