import type { Metadata } from 'next';
import styles from '@/components/refusal.module.css';
import { Said } from '@/components/said';
import { SignInButton } from '@/components/sign-in-button';
import { approvePath } from '@/lib/admin-consent';
import { currentOutcome } from '@/lib/approval';
import { currentWords } from '@/lib/current-words';
import { site } from '@/lib/site';
import { supportLink } from '@/lib/support-mail';

export async function generateMetadata(): Promise<Metadata> {
  const { title } = (await currentWords()).approvals[(await currentOutcome())?.kind ?? 'gone'];
  return { title, robots: { index: false } };
}

/** The end of every approval. Nothing on it comes from the URL. */
export default async function ApprovalResultPage() {
  const outcome = await currentOutcome();
  const { approvals, approve, buttons, mail } = await currentWords();
  const { title, happened, todo } = approvals[outcome?.kind ?? 'gone'];
  const { email } = site.support;
  return (
    <div className="panel notice stack">
      <h1>{title}</h1>
      <p>{happened}</p>
      <p>{todo}</p>
      {outcome?.kind === 'granted' ? (
        <SignInButton returnTo="/" />
      ) : (
        <a className="button button-primary" href={approvePath}>
          {buttons.startAgain}
        </a>
      )}
      {outcome && (
        <div className={styles.help}>
          <p>
            <Said
              text={approve.write}
              gaps={{ email: <a href={supportLink(mail, outcome.incidentId)}>{email}</a> }}
            />
          </p>
          <p>
            <Said
              text={approve.number}
              gaps={{ number: <code className={styles.number}>{outcome.incidentId}</code> }}
            />
          </p>
        </div>
      )}
    </div>
  );
}
