import type { IdTokenCheck } from '../../lib/id-token';
import { type CheckRow, type CheckVerdict, checkRows } from './checks';
import type { Entry, Fact, Flight } from './flights';

/** A step as the page tells it. */
export type ToldStep = {
  title: string;
  /** What it is for, or how it went. */
  says: string;
  source?: string;
  verdict?: 'Passed' | 'Failed';
  /** Since the sign-in began. */
  afterMs: number;
  facts: readonly Fact[];
  checks?: readonly CheckRow[];
};

type Plain = Exclude<Entry['step'], 'passed' | 'policy' | 'refused'>;

const texts: Readonly<Record<Plain, Pick<ToldStep, 'title' | 'says' | 'source'>>> = {
  metadata: {
    title: 'Metadata',
    says: 'Where Microsoft is asked, and where its keys are.',
    source: 'OpenID Connect Discovery 1.0 §4',
  },
  request: {
    title: 'Authorization request',
    says: 'The browser was sent to Microsoft with these parameters.',
    source: 'OpenID Connect Core 1.0 §3.1.2.1, RFC 7636 §4.3',
  },
  answer: {
    title: 'Answer at the callback',
    says: 'The browser came back with these parameters.',
    source: 'OpenID Connect Core 1.0 §3.1.2.5',
  },
  token_request: {
    title: 'Token request',
    says: 'The app sent the code from server to server, with what proves that it is this app.',
    source: 'OpenID Connect Core 1.0 §3.1.3.1, RFC 7636 §4.5',
  },
  token_answer: {
    title: 'Token answer',
    says: 'What Microsoft sent. The ID token is not verified yet, and nothing of it is used.',
    source: 'OpenID Connect Core 1.0 §3.1.3.3',
  },
  keys: {
    title: 'Signing keys',
    says: 'The key that the ID token names, among those that Microsoft publishes.',
    source: 'OpenID Connect Core 1.0 §10.1',
  },
  session: {
    title: 'Session',
    says: 'The session that was made. No token of Microsoft’s is in it.',
    source: 'lib/session-token.ts',
  },
};

const policyTexts: Readonly<Record<string, string>> = {
  tenant_not_listed: 'Not this account: its tenant is not in AZURE_VALID_TENANT_IDS.',
  guest: 'Not this account: it is a guest in its tenant, and guests may not come in.',
  entry_role_missing:
    'Not this account: its tenant asks for a role that it does not hold (lib/access.ts).',
  groups_unread:
    'Not this account: a group may give the role that is asked for, and AZURE_READ_GROUPS is not set.',
};

function toldOf(entry: Exclude<Entry, { step: 'passed' }>): Omit<ToldStep, 'afterMs'> {
  const { facts } = entry;
  if (entry.step === 'policy') {
    const { refusal } = entry;
    return {
      title: 'Who may come in',
      says: refusal
        ? `${policyTexts[refusal] ?? 'Not this account.'} (${refusal})`
        : 'This account may.',
      source: 'lib/tenant-policy.ts',
      verdict: refusal ? 'Failed' : 'Passed',
      facts,
    };
  }
  if (entry.step === 'refused') {
    const says = 'No session was made, and the person was told why.';
    return { title: 'Refused', says, source: 'lib/refuse.ts', facts };
  }
  return { ...texts[entry.step], facts };
}

/** Whether an ID token was judged at this end of a sign-in. */
const tokenFailure = (entry: Entry | undefined) =>
  entry?.step === 'refused' && (entry.stage === 'id_token' || entry.stage === 'keys')
    ? (entry.reason ?? entry.code)
    : undefined;

function toldChecks(checks: readonly CheckRow[]): Omit<ToldStep, 'afterMs'> {
  const some = (verdict: CheckVerdict) => checks.some((row) => row.verdict === verdict);
  const texts = { title: 'Checks of the ID token', source: 'lib/id-token.ts', facts: [], checks };
  if (some('Failed')) return { ...texts, says: 'It was refused.', verdict: 'Failed' };
  if (some('Not reached')) return { ...texts, says: 'The sign-in ended in the middle of them.' };
  return { ...texts, says: 'It passed them all.', verdict: 'Passed' };
}

/** The steps of a sign-in, the checks of its ID token gathered into one. */
export function toldSteps({ entries, startedAtMs }: Flight): ToldStep[] {
  const told: ToldStep[] = [];
  const passed = new Set<IdTokenCheck>();
  let copy = '';
  for (const entry of entries) {
    const afterMs = entry.atMs - startedAtMs;
    if (entry.step === 'passed') {
      passed.add(entry.check);
      continue;
    }
    const failure = tokenFailure(entry);
    const isJudged = entry.step === 'policy' || entry.step === 'refused';
    if (isJudged && (failure !== undefined || passed.size > 0)) {
      told.push({ ...toldChecks(checkRows(passed, failure)), afterMs });
      passed.clear();
    }
    // Auth.js asks for metadata again and again: told is what is new about it.
    if (entry.step === 'metadata') {
      const said = JSON.stringify(entry.facts.slice(1));
      if (said === copy) continue;
      copy = said;
    }
    told.push({ ...toldOf(entry), afterMs });
  }
  return told;
}

/** How a sign-in ended; an answer that is sent again does not undo a session. */
export function outcomeOf({ entries }: Flight): string {
  if (entries.some(({ step }) => step === 'session')) return 'signed in';
  const refused = entries.findLast((entry) => entry.step === 'refused');
  if (refused) return `refused, ${refused.code}`;
  return entries.some(({ step }) => step === 'answer') ? 'no session made' : 'not answered yet';
}
