import type { Config } from './config';
import { type Credential, credentialNames } from './credential';
import { daysUntil, dueThreshold } from './credential-expiry';
import type { CredentialVerdict } from './credential-health';
import { type DocumentState, trustedSeconds } from './provider-metadata';

/** How bad it is: nothing to do, to be looked at some day, or now. */
export type HealthLevel = 'fine' | 'look' | 'mend';

/** One thing that sign-in depends on, in words for whoever runs the app. Never holds a value. */
export type HealthLine = {
  name: string;
  level: HealthLevel;
  says: string;
  /** When that was, in seconds. */
  atSeconds?: number;
  todo?: string;
};

/** What is known of this instance at one moment. Nobody is asked for it. */
export type HealthFacts = {
  config: Pick<Config, 'credential' | 'demo'>;
  documents: Record<'metadata' | 'keys', DocumentState>;
  credentials: CredentialVerdict;
  isReady: boolean;
  isStopping: boolean;
  /** When the credential expires, in seconds; undefined while nobody knows. */
  expiresAtSeconds: number | undefined;
  revocations: { kind: 'memory' | 'redis'; isCurrent: boolean };
  startedAtSeconds: number;
  nowSeconds: number;
};

function service({ isReady, isStopping, startedAtSeconds }: HealthFacts): HealthLine {
  const name = 'This instance';
  if (isStopping) {
    const says = 'Was asked to stop. It finishes what is under way; /readyz answers 503.';
    return { name, level: 'look', says };
  }
  if (isReady) {
    const says = 'Has started, and takes requests; /readyz answers 200.';
    return { name, level: 'fine', says, atSeconds: startedAtSeconds };
  }
  return {
    name,
    level: 'mend',
    says: 'Asks load balancers to send it nothing; /readyz answers 503.',
    todo: 'Mend what is marked below.',
  };
}

function accounts({ config }: HealthFacts): HealthLine {
  const name = 'Accounts';
  if (!config.demo) return { name, level: 'fine', says: 'Real ones, at Microsoft.' };
  return {
    name,
    level: 'look',
    says: 'Demo: people sign in at a stand-in on this computer, and nobody proves who they are.',
    todo: 'For real accounts register the app (docs/register-the-app.md) and unset ENTRA_LOCAL_URL.',
  };
}

function document(name: string, state: DocumentState, nowSeconds: number): HealthLine {
  const { loadedAtSeconds, failedAtSeconds } = state;
  const isTrusted = loadedAtSeconds !== undefined && nowSeconds - loadedAtSeconds <= trustedSeconds;
  if (failedAtSeconds === undefined) {
    if (loadedAtSeconds === undefined) {
      return { name, level: 'fine', says: 'Not needed yet: the first sign-in reads them.' };
    }
    return { name, level: 'fine', says: 'Read, and kept.', atSeconds: loadedAtSeconds };
  }
  const todo =
    'Check that this server reaches Microsoft: its name service, its proxy, its firewall. The log says more: provider.unavailable.';
  const atSeconds = failedAtSeconds;
  if (!isTrusted) {
    return { name, level: 'mend', says: 'Cannot be read, so nobody can sign in.', atSeconds, todo };
  }
  const says =
    'Could not be read anew. The copy that is kept serves until it is a day old; then nobody can sign in.';
  return { name, level: 'look', says, atSeconds, todo };
}

const trust =
  'Compare issuer, subject and audience of its token with the federated credential in the Microsoft Entra admin center (App registrations > Certificates & secrets > Federated credentials): each must be the same to the letter.';

const newSecret =
  'Add a new client secret in the Microsoft Entra admin center (App registrations > Certificates & secrets) and deploy it as AZURE_CLIENT_SECRET.';

const renewals: Readonly<Record<Credential['kind'], string>> = {
  secret: newSecret,
  next_secret: newSecret,
  certificate:
    'Upload a new certificate in the Microsoft Entra admin center (App registrations > Certificates & secrets), then replace the file. It is read again by itself.',
  managed_identity: trust,
  federated_token_file: trust,
  vercel: trust,
};

function credential({ config, credentials }: HealthFacts): HealthLine {
  const { kind } = config.credential;
  const name = credentialNames[kind];
  if (credentials === 'accepted') {
    return { name, level: 'fine', says: 'Microsoft accepted it at the latest sign-in.' };
  }
  if (credentials === 'untried') {
    return { name, level: 'fine', says: 'Not needed yet: the first sign-in tries it.' };
  }
  return {
    name,
    level: 'mend',
    says: 'Microsoft did not accept it, so nobody can sign in. Whoever is signed in stays so.',
    todo: renewals[kind],
  };
}

const days = (count: number) => (count === 1 ? '1 day' : `${count} days`);

function expiry({ config, expiresAtSeconds, nowSeconds }: HealthFacts): HealthLine {
  const { kind } = config.credential;
  if (kind !== 'secret' && kind !== 'certificate') {
    const says = 'None to watch: what is sent lasts for hours at most and is renewed by itself.';
    return { name: 'End of the credential', level: 'fine', says };
  }
  const name = kind === 'secret' ? 'End of the client secret' : 'End of the certificate';
  if (expiresAtSeconds === undefined) {
    if (config.demo) return { name, level: 'fine', says: 'The stand-in’s does not expire.' };
    return kind === 'secret'
      ? {
          name,
          level: 'look',
          says: 'Not known: Microsoft tells it in the admin center alone.',
          todo: 'Set AZURE_CLIENT_SECRET_EXPIRES to the day that is shown there.',
        }
      : {
          name,
          level: 'mend',
          says: 'Not known: the certificate’s file cannot be used.',
          todo: 'The log says why: config.error.',
        };
  }
  const left = daysUntil(expiresAtSeconds, nowSeconds);
  const says = left < 0 ? 'It has expired.' : `It expires in ${days(left)}.`;
  const threshold = dueThreshold(expiresAtSeconds, nowSeconds);
  const line = { name, says, atSeconds: expiresAtSeconds };
  if (threshold === undefined) return { ...line, level: 'fine' };
  return { ...line, level: threshold > 7 ? 'look' : 'mend', todo: renewals[kind] };
}

function endedSessions({ revocations: { kind, isCurrent } }: HealthFacts): HealthLine {
  const name = 'Ended sessions';
  if (kind === 'memory') {
    return {
      name,
      level: 'fine',
      says: 'Known to this instance, until it stops.',
      todo: 'Where there are several instances, set REDIS_URL.',
    };
  }
  if (isCurrent) return { name, level: 'fine', says: 'Known to all instances, through Redis.' };
  return {
    name,
    level: 'mend',
    says: 'Redis cannot be used: sessions that were ended elsewhere may still be let in, and routes that must be certain are closed.',
    todo: 'The log says why: revocation.unavailable.',
  };
}

/** Whether sign-in works here, and what to do where it does not. */
export function healthLines(facts: HealthFacts): HealthLine[] {
  const { documents, nowSeconds } = facts;
  return [
    service(facts),
    accounts(facts),
    document('Microsoft’s addresses', documents.metadata, nowSeconds),
    document('Microsoft’s signing keys', documents.keys, nowSeconds),
    credential(facts),
    expiry(facts),
    endedSessions(facts),
  ];
}
