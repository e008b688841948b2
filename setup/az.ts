import { execFile } from 'node:child_process';
import type { Finding } from './finding';

/** What a command of the Azure CLI answered. No code: it was too slow or was ended. */
type AzAnswer = { code?: number; stdout: string; stderr: string; missing?: boolean };

/** The Azure CLI. Its standard output may hold a secret and is shown to nobody. */
export type Az = (args: readonly string[]) => Promise<AzAnswer>;

/** Thrown where the Azure CLI cannot or may not do its part. */
export class AzError extends Error {
  override readonly name = 'AzError';
  readonly finding: Finding;

  constructor(finding: Omit<Finding, 'status' | 'subject'>) {
    super(finding.code);
    this.finding = { status: 'fail', subject: 'Azure CLI', ...finding };
  }
}

const deadlineMilliseconds = 120_000;

/** On Windows `az` is a batch file, which only cmd.exe can run, and cmd.exe gives many characters a
 * meaning of its own (CVE-2024-27980). So it gets none of them. */
function windowsCommand(args: readonly string[]): string {
  if (args.some((arg) => !/^[\w .:/@~'-]+$/.test(arg))) {
    throw new AzError({
      code: 'az_argument',
      says: 'A name or address has characters that cannot be given to the Azure CLI on Windows.',
      next: 'Make the change in the Microsoft Entra admin center, or run this from WSL.',
    });
  }
  return `"az ${args.map((arg) => `"${arg}"`).join(' ')}"`;
}

/** The Azure CLI on `PATH`, run without a shell. */
export const installedAz: Az = (args) =>
  new Promise((done, refuse) => {
    const windows = process.platform === 'win32';
    try {
      execFile(
        windows ? (process.env.ComSpec ?? 'cmd.exe') : 'az',
        windows ? ['/d', '/s', '/c', windowsCommand(args)] : [...args],
        {
          timeout: deadlineMilliseconds,
          maxBuffer: 16 * 1024 * 1024,
          windowsVerbatimArguments: windows,
        },
        (error, stdout, stderr) => {
          if (!error) done({ code: 0, stdout, stderr });
          else if (error.code === 'ENOENT') done({ stdout, stderr, missing: true });
          // cmd.exe's own code for a command that it does not find
          else if (windows && error.code === 9009) done({ stdout, stderr, missing: true });
          else
            done({ stdout, stderr, ...(typeof error.code === 'number' && { code: error.code }) });
        },
      );
    } catch (error) {
      refuse(error);
    }
  });

const missing = {
  code: 'az_missing',
  says: 'The Azure CLI is not installed.',
  next: 'Install it, or register the app by hand and run: npm run setup',
  link: 'https://learn.microsoft.com/cli/azure/install-azure-cli',
};
/** `--allow-no-subscriptions`: a tenant without an Azure subscription has applications, too. */
const notSignedIn = {
  code: 'az_not_signed_in',
  says: 'The Azure CLI is not signed in, or its sign-in has expired.',
  next: 'Run: az login --allow-no-subscriptions',
  link: 'https://learn.microsoft.com/cli/azure/authenticate-azure-cli-interactively',
};
const noPermission = {
  code: 'az_no_permission',
  says: 'Your account may not register or change this app.',
  next: 'Ask an administrator for the role Application Developer, or to be an owner of the app.',
  link: 'https://learn.microsoft.com/entra/identity/role-based-access-control/delegate-app-roles',
};
const forbiddenByPolicy = {
  code: 'az_forbidden_by_policy',
  says: 'Your organisation does not allow client secrets like this one.',
  next: 'Use a certificate: docs/register-the-app.md, step 3.',
  link: 'https://learn.microsoft.com/entra/identity/enterprise-apps/configure-app-management-policies',
};

/** Why a command failed, from words of the Azure CLI and of Microsoft Graph. They are documented
 * nowhere as stable, so whatever is not known is "could not tell". Their text is not shown. */
function failureOf({ stderr, missing: isMissing }: AzAnswer, args: readonly string[]) {
  if (isMissing) return missing;
  if (/\baz login\b/i.test(stderr)) return notSignedIn;
  if (/as per assigned policy/i.test(stderr)) return forbiddenByPolicy;
  if (/insufficient privileges|Authorization_RequestDenied|Directory permission/i.test(stderr)) {
    return noPermission;
  }
  const command = args
    .slice(
      0,
      args.findIndex((arg) => arg.startsWith('-')),
    )
    .join(' ');
  return {
    code: 'az_failed',
    says: `Could not tell why "az ${command}" failed.`,
    next: 'Run "az ad app list --show-mine" to see what it says, and try again.',
  };
}

/** Runs a command and reads its JSON. @throws AzError */
export async function askAz(az: Az, args: readonly string[]): Promise<unknown> {
  const answer = await az([...args, '--output', 'json', '--only-show-errors']);
  if (answer.code !== 0) throw new AzError(failureOf(answer, args));
  try {
    return answer.stdout.trim() === '' ? {} : JSON.parse(answer.stdout);
  } catch {
    throw new AzError(failureOf({ stdout: '', stderr: '' }, args));
  }
}
