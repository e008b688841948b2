import { currentSession } from '@/lib/auth';
import type { Notice } from '@/lib/notice';
import { type SignInErrorCode, type SignInErrorText, signInErrors } from '@/lib/sign-in-error';
import { site, supportLink } from '@/lib/site';
import styles from './refusal.module.css';
import { StartButton } from './start-button';

/** Where the main button may be the wrong guess, the other one stands beside it. Elsewhere it
 * would only lead back to the same page. */
const bothButtons: ReadonlySet<SignInErrorCode> = new Set([
  'access_denied',
  'consent_required',
  'interaction_required',
  'not_assigned',
  'blocked_by_policy',
  'server_error',
  'token_rejected',
  'unknown',
]);

/** What a refused visitor reads. Without a notice the details are gone, and with them the number
 * that the table's text may speak of. */
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
  };
}

type Props = { notice: Notice | undefined; fallback: SignInErrorCode };

/** Explains a refused sign-in: what happened, what to do, whom to ask. Nothing on it comes from
 * the URL, so no link can put words here. */
export async function Refusal({ notice, fallback }: Props) {
  const text = refusalText(notice, fallback);
  const session = await currentSession();
  const returnTo = notice && notice.returnTo !== '/' ? notice.returnTo : site.homePath;
  const again = text.next === 'again';
  const tryAgain = (
    <StartButton returnTo={returnTo} primary={again}>
      Try again
    </StartButton>
  );
  const useAnother = (
    <StartButton returnTo={returnTo} primary={!again} otherAccount>
      Use another account
    </StartButton>
  );
  const both = bothButtons.has(notice?.code ?? fallback);
  return (
    <div className="panel notice stack">
      <h1>{text.title}</h1>
      <p>{text.happened}</p>
      {notice?.account && (
        <p className={styles.account}>
          <span className="soft small">You signed in as</span>
          <bdi>{notice.account}</bdi>
        </p>
      )}
      <p>{text.todo}</p>
      <div className={`actions ${styles.actions}`}>
        {again ? tryAgain : useAnother}
        {both && (again ? useAnother : tryAgain)}
      </div>
      {session && (
        <p>
          You are still signed in as <bdi>{session.identity.name}</bdi>.{' '}
          <a href={site.homePath}>Go back to your account</a>
        </p>
      )}
      {(text.askForHelp || notice) && (
        <div className={styles.help}>
          {text.askForHelp && (
            <p>
              Need help? Ask {site.support.name}:{' '}
              <a href={supportLink(notice?.incidentId)}>{site.support.email}</a>
            </p>
          )}
          {notice && (
            <p>
              If you ask for help, give this number:{' '}
              <code className={styles.number}>{notice.incidentId}</code>
            </p>
          )}
        </div>
      )}
    </div>
  );
}
