import type { Notice } from '@/lib/notice';
import type { Session } from '@/lib/session-token';
import { organisationName } from '@/lib/tenant-rules';
import { inEnglish } from '@/lib/words';
import { StartButton } from '../start-button';
import styles from './setup.module.css';

type Props = {
  /** Whether the server runs with what was saved. */
  isReady: boolean;
  session: Session | undefined;
  notice: Notice | undefined;
};

function Result({ rows, verdict }: { rows: [string, string][]; verdict: string }) {
  return (
    <dl className={styles.result}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
      <div>
        <dt>Verdict</dt>
        <dd>{verdict}</dd>
      </div>
    </dl>
  );
}

/** Step 4: a real sign-in, and what came of it. */
export function TryIt({ isReady, session, notice }: Props) {
  if (!isReady) return <p className="soft">Connect first. Then you can sign in here for real.</p>;
  const account = notice?.account;
  return (
    <>
      <p>The tests above ask Microsoft about the app. Only a sign-in shows that people come in.</p>
      {session && (
        <Result
          rows={[
            [
              'Tenant',
              `${organisationName(session.identity.tenantId)} (${session.identity.tenantId})`,
            ],
            ['Object ID', session.identity.objectId],
            ['Name', session.identity.name],
          ]}
          verdict="✓ On your list: this person is signed in."
        />
      )}
      {!session && notice && (
        <Result
          rows={
            account
              ? [
                  ['Tenant', `${organisationName(account.tenantId)} (${account.tenantId})`],
                  ['Object ID', account.objectId ?? 'not known'],
                  ['Account', account.display],
                ]
              : []
          }
          verdict={`✗ Refused: ${inEnglish.words.refusals[notice.code].title}. Incident ${notice.incidentId} in the terminal tells more.`}
        />
      )}
      <StartButton returnTo="/setup" otherAccount primary>
        {session ? 'Try another account' : 'Try it now'}
      </StartButton>
    </>
  );
}
