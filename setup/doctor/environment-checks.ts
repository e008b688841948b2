import { randomBytes } from 'node:crypto';
import { readClientCertificate } from '../../lib/client-certificate';
import { type Config, type Environment, isConfigured, parseConfig } from '../../lib/config';
import { ConfigError, type ConfigProblem, placeOf, whereToFind } from '../../lib/config-problem';
import { isLoopback, isSet } from '../../lib/config-variables';
import { readFederatedToken } from '../../lib/federated-token';
import type { Finding } from '../finding';
import { expiryFinding } from './expiry-check';
import { findingsAbout } from './found';
import { misspeltFindings } from './misspelt';

const isProduction = ({ NODE_ENV }: Environment) => NODE_ENV !== 'development';

function findingFromProblem({ variable, code, problem }: ConfigProblem, host?: string): Finding {
  const next = `Where to find it: ${placeOf(variable, host)}`;
  return findingsAbout(variable)(code, 'fail', `${variable} ${problem}`, next);
}

/** What a part of the configuration is, or every problem that keeps it from being. */
function parsed<T>(parse: () => T): { value: T } | { problems: readonly ConfigProblem[] } {
  try {
    return { value: parse() };
  } catch (error) {
    if (error instanceof ConfigError) return { problems: error.problems };
    throw error;
  }
}

/** The one misspelt name that `parseConfig` knows, too. */
const isThatName = ({ subject }: Finding) => subject === 'AZURE_VALID_TENTANT_IDS';

/** What `npm run dev` lays below the settings: a secret for sessions, and while nothing is configured
 * its stand-in, of which only the kinds of the values matter here. */
function developmentDefaults(): string {
  return JSON.stringify({
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    standIn: {
      ENTRA_LOCAL_URL: 'http://127.0.0.1:4999',
      AZURE_CLIENT_ID: crypto.randomUUID(),
      AZURE_CLIENT_SECRET: randomBytes(32).toString('base64url'),
      AZURE_VALID_TENANT_IDS: crypto.randomUUID(),
    },
  });
}

/** What is allowed, and still worth knowing. */
function cautions(env: Environment): Finding[] {
  const about = (variable: string) => findingsAbout(variable);
  const found: Finding[] = [];
  const production = isProduction(env);
  if (!production && env.NODE_TLS_REJECT_UNAUTHORIZED?.trim() === '0') {
    const says = 'It is 0: nobody checks who answers as Microsoft, and production would not start.';
    const next = `Instead, ${whereToFind.NODE_TLS_REJECT_UNAUTHORIZED}.`;
    found.push(about('NODE_TLS_REJECT_UNAUTHORIZED')('tls_unchecked', 'warn', says, next));
  }
  if (!production && !isSet(env.AUTH_SECRET)) {
    const says =
      'It is not set: npm run dev makes one for this computer, production needs its own.';
    found.push(about('AUTH_SECRET')('auth_secret_made', 'ok', says));
  }
  if (production && URL.canParse(env.AUTH_URL ?? '') && isLoopback(new URL(env.AUTH_URL ?? ''))) {
    const says = 'It is this computer: nobody else can sign in.';
    const next = `For a server set ${whereToFind.AUTH_URL}.`;
    found.push(about('AUTH_URL')('origin_is_local', 'warn', says, next));
  }
  if (isConfigured(env) && isSet(env.ENTRA_LOCAL_URL)) {
    const says = 'It is set: people sign in at the local stand-in and not at Microsoft.';
    const next = 'Unset it to use Microsoft.';
    found.push(about('ENTRA_LOCAL_URL')('stand_in_used', 'warn', says, next));
  }
  return found;
}

/** How long the credential is good, and whether a certificate's file can be used. A secret of the
 * stand-in has no end that matters. */
function judgeCredential(
  { credential, demo }: Config,
  nowSeconds: number,
  host: string | undefined,
): { usable: boolean; findings: Finding[] } {
  if (credential.kind === 'secret') {
    const { expiresAtSeconds } = credential;
    if (demo && expiresAtSeconds === undefined) return { usable: true, findings: [] };
    return { usable: true, findings: [expiryFinding('secret', expiresAtSeconds, nowSeconds)] };
  }
  if (credential.kind === 'federated_token_file') {
    const token = parsed(() => readFederatedToken(credential.path));
    if ('value' in token) return { usable: true, findings: [] };
    return { usable: false, findings: token.problems.map((one) => findingFromProblem(one, host)) };
  }
  if (credential.kind !== 'certificate') return { usable: true, findings: [] };
  const certificate = parsed(() => readClientCertificate(credential.path, nowSeconds));
  if ('problems' in certificate) {
    return {
      usable: false,
      findings: certificate.problems.map((one) => findingFromProblem(one, host)),
    };
  }
  const { expiresAtSeconds } = certificate.value;
  return { usable: true, findings: [expiryFinding('certificate', expiresAtSeconds, nowSeconds)] };
}

/** Judges every variable, without asking anybody.
 * @param env as `readEnvironment` has it; its NODE_ENV chooses the rules
 * @returns also the configuration, where there is one that can be tried with Microsoft */
export function environmentFindings(
  env: Environment,
  nowSeconds: number,
): { findings: Finding[]; config?: Config } {
  const production = isProduction(env);
  const usesStandIn = !production && !isConfigured(env);
  const misspelt = misspeltFindings(env, !usesStandIn);
  const reading = parsed(() =>
    parseConfig(production ? env : { ...env, DEVELOPMENT_DEFAULTS: developmentDefaults() }),
  );
  const findings = [...misspelt, ...cautions(env)];
  if ('problems' in reading) {
    const told = reading.problems.filter(
      // The name was told above, with what it should be.
      ({ code }) => code !== 'misspelt' || !misspelt.some(isThatName),
    );
    return {
      findings: [
        ...findings,
        ...told.map((one) => findingFromProblem(one, env.AZURE_AUTHORITY_HOST)),
      ],
    };
  }
  const config = reading.value;
  if (usesStandIn) {
    const says = 'Nothing is configured, so npm run dev signs people in at the local stand-in.';
    const next = 'For real accounts run: npm run setup';
    return {
      findings: [...findings, findingsAbout('Settings')('stand_in_used', 'warn', says, next)],
    };
  }
  const right = findingsAbout('Settings')('settings_right', 'ok', 'Every variable can be used.');
  const credential = judgeCredential(config, nowSeconds, env.AZURE_AUTHORITY_HOST);
  return {
    findings: [...findings, right, ...credential.findings],
    ...(credential.usable && { config }),
  };
}
