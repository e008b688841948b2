import type { Metadata } from 'next';
import styles from '@/components/refusal.module.css';
import { SignInButton } from '@/components/sign-in-button';
import { approvePath, type OutcomeKind } from '@/lib/admin-consent';
import { currentOutcome } from '@/lib/approval';
import { site, supportLink } from '@/lib/site';

/** What an administrator reads about each outcome: what happened, and what to do about it. Whether
 * the organisation is on the list is not said: anyone could ask for any organisation's id. */
const texts: Record<OutcomeKind | 'gone', { title: string; happened: string; todo: string }> = {
  granted: {
    title: 'Your organisation has approved this app',
    happened: `Microsoft now lets the people of your organisation sign in to ${site.name}.`,
    todo: `One step may be left: ${site.support.name} must let your organisation in. If they have not yet, send them the number below.`,
  },
  refused: {
    title: 'You did not approve this app',
    happened: 'The approval was stopped at Microsoft before it was given. Nothing has changed.',
    todo: 'Start again when you are ready. Only an administrator of your organisation can approve.',
  },
  failed: {
    title: 'The approval did not work',
    happened: 'Microsoft’s answer does not say that your organisation approved this app.',
    todo: 'Try again. If it happens again, ask for help and give the number below.',
  },
  unmatched: {
    title: 'We could not match this approval to your browser',
    happened:
      'It was started in another browser or window, was already used, or your browser did not keep our cookie.',
    todo: 'Start again from here. If this comes back, allow cookies for this site.',
  },
  expired: {
    title: 'The approval took too long',
    happened: 'For your safety, an approval must be finished within 15 minutes.',
    todo: 'Start again. If you already accepted at Microsoft, that is kept, and it is quick.',
  },
  gone: {
    title: 'We no longer have the details',
    happened:
      'How an approval ended is kept for a few minutes, and only where the browser accepts our cookie.',
    todo: 'If you are not sure whether it worked, start again: approving twice does no harm.',
  },
};

export async function generateMetadata(): Promise<Metadata> {
  const { title } = texts[(await currentOutcome())?.kind ?? 'gone'];
  return { title, robots: { index: false } };
}

/** The end of every approval. Nothing on it comes from the URL. */
export default async function ApprovalResultPage() {
  const outcome = await currentOutcome();
  const { title, happened, todo } = texts[outcome?.kind ?? 'gone'];
  return (
    <div className="panel notice stack">
      <h1>{title}</h1>
      <p>{happened}</p>
      <p>{todo}</p>
      {outcome?.kind === 'granted' ? (
        <SignInButton returnTo="/" />
      ) : (
        <a className="button button-primary" href={approvePath}>
          Start again
        </a>
      )}
      {outcome && (
        <div className={styles.help}>
          <p>
            Write to {site.support.name}:{' '}
            <a href={supportLink(outcome.incidentId)}>{site.support.email}</a>
          </p>
          <p>
            Give them this number: <code className={styles.number}>{outcome.incidentId}</code>
          </p>
        </div>
      )}
    </div>
  );
}
