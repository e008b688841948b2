import type { ReactNode } from 'react';
import { currentSession } from '@/lib/auth';
import { type Notice, supportDetails } from '@/lib/notice';
import { isDenial, type SignInErrorCode } from '@/lib/sign-in-error';
import {
  type Mender,
  type NextStep,
  type SignInErrorText,
  signInErrors,
} from '@/lib/sign-in-error-text';
import { accessRequestLink, homeOf, site, supportLink, textOfDetails } from '@/lib/site';
import { organisationName } from '@/lib/tenant-rules';
import { CopyButton } from './copy-button';
import styles from './refusal.module.css';
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

const menders: Readonly<Record<Mender, string>> = {
  you: 'What you can do yourself',
  administrator: 'Your administrator can help with this',
  operator: `${site.support.name.charAt(0).toUpperCase()}${site.support.name.slice(1)} can help with this`,
  microsoft: 'This usually passes by itself',
};

/** What a refused visitor reads. Without a notice the details are gone, and with them what the
 * table's text may speak of. */
export function refusalText(
  notice: Notice | undefined,
  fallback: SignInErrorCode,
): SignInErrorText {
  const text: SignInErrorText = signInErrors[notice?.code ?? fallback];
  if (notice || fallback !== 'unknown') return text;
  return {
    ...text,
    happened:
      'We no longer have the details. They are kept for a few minutes, and only where the browser accepts our cookie.',
    todo: 'Try again. If this comes back, allow cookies for this site.',
    mendedBy: 'you',
  };
}

function Account({ display, tenantId }: NonNullable<Notice['account']>) {
  const organisation = organisationName(tenantId);
  return (
    <p className={styles.account}>
      <span className="soft small">You signed in as</span>
      <bdi>{display}</bdi>
      {organisation !== tenantId && <span className="soft small">{organisation}</span>}
    </p>
  );
}

type Known = { notice: Notice | undefined; code: SignInErrorCode };

/** The next step, and beside it at most one other. */
function Actions({ notice, code }: Known) {
  const { next }: SignInErrorText = signInErrors[code];
  const returnTo = notice?.returnTo ?? '/';
  const details = notice && supportDetails(notice);
  const tryAgain = (
    <StartButton
      returnTo={returnTo}
      primary={next === 'try-again'}
      confirm={code === 'not_confirmed' ? 'policy' : undefined}
    >
      {/* Roles are those of the last sign-in. */}
      {code === 'page_forbidden' ? 'Sign in again' : 'Try again'}
    </StartButton>
  );
  const useAnother = (
    <StartButton returnTo={returnTo} primary={next === 'another-account'} otherAccount>
      Use another account
    </StartButton>
  );
  const first: Record<NextStep, ReactNode> = {
    'try-again': tryAgain,
    'another-account': useAnother,
    'admin-consent': (
      <a className="button button-primary" href="/auth/approve">
        Ask your administrator to approve this app
      </a>
    ),
    'support-bundle': (
      <a className="button button-primary" href={supportLink(notice?.incidentId, details)}>
        Tell {site.support.name}
      </a>
    ),
  };
  const request = accessRequestLink(notice?.account?.tenantId, notice?.incidentId, details);
  const other = next === 'try-again' || next === 'admin-consent' ? useAnother : tryAgain;
  return (
    <div className={`actions ${styles.actions}`}>
      {first[next]}
      {bothButtons.has(code) && other}
      {isDenial(code) && (
        <a className="button" href={request}>
          Ask for access
        </a>
      )}
    </div>
  );
}

/** Whom to ask, and what to tell them. */
function Help({ notice }: { notice: Notice | undefined }) {
  const details = notice && supportDetails(notice);
  return (
    <div className={styles.help}>
      <p>
        Need help? Ask {site.support.name}:{' '}
        <a href={supportLink(notice?.incidentId, details)}>{site.support.email}</a>
      </p>
      {details && (
        <>
          <p>If you ask for help, give these details:</p>
          <pre className={styles.details}>
            {details.map(([label, value]) => (
              <span key={label}>
                {label}: <code>{value}</code>
                {'\n'}
              </span>
            ))}
          </pre>
          <CopyButton text={textOfDetails(details)}>Copy these details</CopyButton>
        </>
      )}
    </div>
  );
}

type Props = { notice: Notice | undefined; fallback: SignInErrorCode };

/** Explains a refused sign-in: what happened, who can mend it, what to do, whom to ask. Nothing on
 * it comes from the URL, so no link can put words here. */
export async function Refusal({ notice, fallback }: Props) {
  const text = refusalText(notice, fallback);
  const session = await currentSession();
  const fromSetUp = process.env.NODE_ENV === 'development' && notice?.returnTo.startsWith('/setup');
  return (
    <div className="panel notice stack">
      <h1>{text.title}</h1>
      <p>{text.happened}</p>
      {notice?.account && <Account {...notice.account} />}
      <div className={styles.todo}>
        <h2>{menders[text.mendedBy]}</h2>
        <p>{text.todo}</p>
      </div>
      <Actions notice={notice} code={notice?.code ?? fallback} />
      {fromSetUp && (
        <p>
          <a href="/setup">Back to set-up</a>
        </p>
      )}
      {session && (
        <p>
          You are still signed in as <bdi>{session.identity.name}</bdi>.{' '}
          <a href={homeOf(session.identity.tenantId)}>Go back</a>
        </p>
      )}
      {(notice || text.mendedBy !== 'you') && <Help notice={notice} />}
    </div>
  );
}
