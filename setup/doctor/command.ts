import { parseArgs } from 'node:util';
import { isLoopback } from '../../lib/config-variables';
import { UsageError } from '../command';

/** `npm run doctor`, as it was asked for. */
export type Command = {
  help: boolean;
  json: boolean;
  /** Asks Microsoft nothing. */
  offline: boolean;
  /** Judges by the rules and files of `npm start`. */
  production: boolean;
  /** The origin of a running app to be tested. */
  url?: string;
};

export const usage = `npm run doctor -- [options]

Looks for what keeps people from signing in, and says what to mend. Changes nothing.

  --production   judge the settings of npm start instead of npm run dev
  --offline      do not ask Microsoft
  --url ORIGIN   also test the app that runs there, as a stranger would see it
  --json         print one line of JSON: ok, findings
  --help         this text

Exit code: 0 all is well, 1 warnings only, 2 something must be mended, or wrong usage.`;

/** Cookies, codes and headers are judged, so http is for this computer only. */
function readOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const bare = url && !url.username && !url.password && !/[?#]/.test(text) && url.pathname === '/';
  if (bare && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)))) {
    return url.origin;
  }
  throw new UsageError('--url must be an https address without a path, or http on localhost.');
}

/** Reads the arguments after `npm run doctor --`.
 * @throws UsageError that never repeats an argument */
export function parseCommand(args: readonly string[], nodeEnv: string | undefined): Command {
  const { help, json, offline, production, url } = readOptions(args);
  return {
    help: help ?? false,
    json: json ?? false,
    offline: offline ?? false,
    production: production ?? nodeEnv === 'production',
    ...(url !== undefined && { url: readOrigin(url) }),
  };
}

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        json: { type: 'boolean' },
        offline: { type: 'boolean' },
        production: { type: 'boolean' },
        url: { type: 'string' },
      },
    }).values;
  } catch {
    throw new UsageError('An argument is unknown, or lacks its value.');
  }
}
