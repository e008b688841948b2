import type { ReactNode } from 'react';
import { currentSession } from '@/lib/auth';
import { currentWords } from '@/lib/current-words';
import { type Notice, supportDetails } from '@/lib/notice';
import { isDenial, type SignInErrorCode } from '@/lib/sign-in-error';
import {
  type Mender,
  type NextStep,
  type SignInErrorFacts,
  signInErrors,
} from '@/lib/sign-in-error-table';
import { homeOf, site } from '@/lib/site';
import { accessRequestLink, supportLink, textOfDetails } from '@/lib/support-mail';
import { organisationName } from '@/lib/tenant-rules';
import type { Words } from '@/lib/words';
import { CopyButton } from './copy-button';
import styles from './refusal.module.css';
import { Said } from './said';
import { StartButton } from './start-button';

/** Where the main button may be the wrong guess, the other one stands beside it. Elsewhere it
 * would only lead back to the same page. */
const bothButtons: ReadonlySet<SignInErrorCode> = new Set([
  'access_denied',
  'consent_required',
  'interaction_required',
  'not_assigned',
  'account_blocked',
  'blocked_by_policy',
  'page_forbidden',
  'server_error',
  'token_rejected',
  'app_credentials',
  'app_registration',
  'unknown',
]);

/** What a refused visitor reads. Without a notice the details are gone, and with them what the
 * table's text may speak of. */
export function refusalText(
  notice: Notice | undefined,
  fallback: SignInErrorCode,
  { refusal, refusals }: Words,
): { title: string; happened: string; todo: string; mendedBy: Mender } {
  const code = notice?.code ?? fallback;
  if (notice || code !== 'unknown') {
    return { ...refusals[code], mendedBy: signInErrors[code].mendedBy };
  }
  const { title } = refusals.unknown;
  const { goneHappened: happened, goneTodo: todo } = refusal;
  return { title, happened, todo, mendedBy: 'you' };
}

type AccountProps = { account: NonNullable<Notice['account']>; words: Words };

function Account({ account: { display, tenantId }, words }: AccountProps) {
  const organisation = organisationName(tenantId);
  return (
    <p className={styles.account}>
      <span className="soft small">{words.refusal.signedInAs}</span>
      <bdi>{display}</bdi>
      {organisation !== tenantId && <span className="soft small">{organisation}</span>}
    </p>
  );
}

type Known = { notice: Notice | undefined; code: SignInErrorCode; words: Words };

/** The next step, and beside it at most one other. */
function Actions({ notice, code, words }: Known) {
  const { refusal, buttons, mail } = words;
  const { next }: SignInErrorFacts = signInErrors[code];
  const returnTo = notice?.returnTo ?? '/';
  const details = notice && supportDetails(notice, refusal);
  const tryAgain = (
    <StartButton
      returnTo={returnTo}
      primary={next === 'try-again'}
      confirm={code === 'not_confirmed' ? 'policy' : undefined}
    >
      {/* Roles are those of the last sign-in. */}
      {code === 'page_forbidden' ? buttons.signInAgain : buttons.tryAgain}
    </StartButton>
  );
  const useAnother = (
    <StartButton returnTo={returnTo} primary={next === 'another-account'} otherAccount>
      {buttons.otherAccount}
    </StartButton>
  );
  const first: Record<NextStep, ReactNode> = {
    'try-again': tryAgain,
    'another-account': useAnother,
    'admin-consent': (
      <a className="button button-primary" href="/auth/approve">
        {refusal.askApproval}
      </a>
    ),
    'support-bundle': (
      <a className="button button-primary" href={supportLink(mail, notice?.incidentId, details)}>
        {refusal.tell}
      </a>
    ),
  };
  const request = accessRequestLink(mail, notice?.account?.tenantId, notice?.incidentId, details);
  const other = next === 'try-again' || next === 'admin-consent' ? useAnother : tryAgain;
  return (
    <div className={`actions ${styles.actions}`}>
      {first[next]}
      {bothButtons.has(code) && other}
      {isDenial(code) && (
        <a className="button" href={request}>
          {refusal.askAccess}
        </a>
      )}
    </div>
  );
}

/** Whom to ask, and what to tell them. */
function Help({ notice, words }: { notice: Notice | undefined; words: Words }) {
  const { refusal, mail } = words;
  const { copied, copyFailed } = refusal;
  const details = notice && supportDetails(notice, refusal);
  return (
    <div className={styles.help}>
      <p>
        <Said
          text={refusal.help}
          gaps={{
            email: (
              <a href={supportLink(mail, notice?.incidentId, details)}>{site.support.email}</a>
            ),
          }}
        />
      </p>
      {details && (
        <>
          <p>{refusal.giveDetails}</p>
          <pre className={styles.details}>
            {details.map(([label, value]) => (
              <span key={label}>
                {label}: <code>{value}</code>
                {'\n'}
              </span>
            ))}
          </pre>
          <CopyButton text={textOfDetails(details)} said={{ copied, copyFailed }}>
            {refusal.copy}
          </CopyButton>
        </>
      )}
    </div>
  );
}

type Props = { notice: Notice | undefined; fallback: SignInErrorCode };

/** Explains a refused sign-in: what happened, who can mend it, what to do, whom to ask. Nothing on
 * it comes from the URL, so no link can put words here. */
export async function Refusal({ notice, fallback }: Props) {
  const words = await currentWords();
  const text = refusalText(notice, fallback, words);
  const session = await currentSession();
  const fromSetUp = process.env.NODE_ENV === 'development' && notice?.returnTo.startsWith('/setup');
  return (
    <div className="panel notice stack">
      <h1>{text.title}</h1>
      <p>{text.happened}</p>
      {notice?.account && <Account account={notice.account} words={words} />}
      <div className={styles.todo}>
        <h2>{words.refusal.menders[text.mendedBy]}</h2>
        <p>{text.todo}</p>
      </div>
      <Actions notice={notice} code={notice?.code ?? fallback} words={words} />
      {fromSetUp && (
        <p>
          <a href="/setup" lang="en">
            Back to set-up
          </a>
        </p>
      )}
      {session && (
        <p>
          <Said
            text={words.refusal.stillSignedInAs}
            gaps={{ name: <bdi>{session.identity.name}</bdi> }}
          />{' '}
          <a href={homeOf(session.identity.tenantId)}>{words.buttons.goBack}</a>
        </p>
      )}
      {(notice || text.mendedBy !== 'you') && <Help notice={notice} words={words} />}
    </div>
  );
}
