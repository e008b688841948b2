import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../lib/config';
import type { Fetch } from '../../lib/upstream';
import type { testConnection } from '../connection';
import { deploymentFindings } from '../deployment/checks';
import type { Finding } from '../finding';
import type { Command } from './command';
import { connectionFromConfig } from './connection-check';
import { envFileFindings } from './env-file-checks';
import { environmentFindings } from './environment-checks';
import { findingsAbout } from './found';
import { gateFindings } from './gate-checks';
import { nodeFindings, packageFindings } from './package-checks';

/** What the doctor looks at, and through what. */
export type Patient = {
  /** The project's folder. */
  root: string;
  /** As `readEnvironment` has it. */
  environment: Environment;
  nodeVersion: string;
  platform: string;
  fetch: Fetch;
  nowSeconds: () => number;
  testConnection: typeof testConnection;
};

/** A check that ends with an error has found out nothing, which is never good. Its message may hold
 * anything, so only its kind is told. */
async function attempt(
  subject: string,
  check: () => Finding[] | Promise<Finding[]>,
): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    const kind = error instanceof Error ? error.name : typeof error;
    const says = `Could not tell: the check ended with an error (${kind}).`;
    const next = 'See that the project is whole, run npm install, and try again.';
    return [findingsAbout(subject)('check_failed', 'fail', says, next)];
  }
}

function enginesOf(root: string): string | undefined {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return engines?.node;
}

async function settingsFindings(offline: boolean, patient: Patient): Promise<Finding[]> {
  const { environment, nowSeconds, fetch } = patient;
  const { findings, config } = environmentFindings(environment, nowSeconds());
  if (offline) return findings;
  if (config) {
    const connection = connectionFromConfig(config, nowSeconds);
    const tested = await attempt('Connection', () =>
      patient.testConnection(connection, { fetch, nowSeconds }),
    );
    return [...findings, ...tested];
  }
  if (!findings.some(({ status }) => status === 'fail')) return findings; // the stand-in's turn
  const says = 'Microsoft was not asked, because the settings are not right.';
  const next = 'Mend them and run this again.';
  return [...findings, findingsAbout('Connection')('connection_untested', 'warn', says, next)];
}

/** Everything that the doctor can find out, in the order in which it is mended. */
export async function diagnose(
  { offline, url }: Pick<Command, 'offline' | 'url'>,
  patient: Patient,
): Promise<Finding[]> {
  const { root } = patient;
  const found = await Promise.all([
    attempt('Node.js', () => nodeFindings(patient.nodeVersion, enginesOf(root))),
    attempt('Packages', () => packageFindings(root)),
    attempt('Gate', () => gateFindings(root)),
    attempt('Files with secrets', () => envFileFindings(root, patient.platform)),
    attempt('Settings', () => settingsFindings(offline, patient)),
    ...(url ? [attempt('Deployment', () => deploymentFindings(url, patient.fetch))] : []),
  ]);
  return found.flat();
}
