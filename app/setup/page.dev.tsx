import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { Addresses } from '@/components/setup/addresses';
import { ConnectForm } from '@/components/setup/connect-form';
import { Findings } from '@/components/setup/findings';
import { LiveStatus } from '@/components/setup/live-status';
import { Locked } from '@/components/setup/locked';
import { Production } from '@/components/setup/production';
import { Register } from '@/components/setup/register';
import styles from '@/components/setup/setup.module.css';
import { Step } from '@/components/setup/step';
import { TryIt } from '@/components/setup/try-it';
import { currentNotice, currentSession } from '@/lib/auth';
import { getProduct } from '@/lib/product';
import { isHere, isOpen } from '@/setup/door';
import { draftStore, hintOf } from '@/setup/draft';
import { readFields } from '@/setup/fields';
import { audienceFromTenants } from '@/setup/registration';
import { isPickedUp, runningValues } from '@/setup/running';

export const metadata: Metadata = { title: 'Azure Auth Manager', robots: { index: false } };

type Props = { searchParams: Promise<{ key?: string | string[] }> };

/** Integrations → Azure Auth Manager. In development only: `next.config.mjs` knows files that end
 * in `.dev.tsx` while `next dev` runs, and nowhere else. */
export default async function SetupPage({ searchParams }: Props) {
  const request = await headers();
  if (!isHere(request)) notFound();
  if (!isOpen(request)) {
    const { key } = await searchParams;
    return <Locked problem={typeof key === 'string' ? key : undefined} />;
  }
  const { config } = getProduct();
  const { typed, host, hostProblem, attempt, savedFingerprint } = draftStore.draft;
  const running = runningValues(config);
  const isWaiting = savedFingerprint !== undefined && !isPickedUp(config, request);
  const isReady = running !== undefined && !isWaiting;
  const kept = {
    ...(running?.clientId && { clientId: hintOf(running.clientId) }),
    ...((typed.clientSecret || running?.clientSecret) && {
      clientSecret: hintOf(typed.clientSecret || running?.clientSecret || ''),
    }),
    ...(running?.tenants && { tenants: hintOf(running.tenants) }),
  };
  const entered = readFields({ ...typed, tenants: typed.tenants || (running?.tenants ?? '') });
  const tenantIds = attempt?.tenantIds.length ? attempt.tenantIds : entered.tenantIds;
  const session = running ? await currentSession() : undefined;
  const overridden = (process.env.SETUP_SHELL_VARIABLES ?? '').split(' ').filter(Boolean);
  return (
    <div lang="en" className={`stack ${styles.page}`}>
      <p className="soft small">Integrations → Azure Auth Manager</p>
      <h1>Set up sign-in with Microsoft</h1>
      <p className="lead soft">
        {isReady
          ? 'The app runs with the values below. Change them here at any time.'
          : 'From an empty Microsoft Entra ID to the first sign-in. The stand-in keeps running until you connect.'}
      </p>
      <p>
        <a href="/setup/flights">Flight recorder</a>: every step of the last sign-ins, and every
        check
      </p>
      {overridden.length > 0 && (
        <p className={styles.problem}>
          The terminal sets {overridden.join(', ')} itself. That counts more than what is saved
          here.
        </p>
      )}
      <ol className={styles.steps}>
        <Step id="where" number={1} title="Where it will run" done={false}>
          <Addresses host={host} problem={hostProblem} />
        </Step>
        <Step id="register" number={2} title="Register the app" done={isReady}>
          <Register
            authorityHost={process.env.AZURE_AUTHORITY_HOST}
            audience={tenantIds.length > 0 ? audienceFromTenants(new Set(tenantIds)) : undefined}
          />
        </Step>
        <Step id="connect" number={3} title="Connect" done={isReady}>
          {process.env.ENTRA_LOCAL_URL && (
            <p className="soft">
              ENTRA_LOCAL_URL is set: the stand-in there is asked in Microsoft’s place.
            </p>
          )}
          {attempt && (
            <div role="status" className="stack">
              {attempt.problems.length > 0 && (
                <p>
                  <strong>Nothing was saved.</strong> Look at what is marked below; the other fields
                  are kept.
                </p>
              )}
              <Findings findings={attempt.findings} />
              {attempt.problems.length === 0 && !attempt.saved && (
                <p>
                  <strong>Nothing was saved.</strong> What you entered is kept until you mend it.
                </p>
              )}
              {attempt.saved && (
                <p>
                  <strong>Saved in .env.local.</strong>{' '}
                  {isReady && 'The server runs with it. Try it now.'}
                </p>
              )}
            </div>
          )}
          {isWaiting && (
            <>
              <LiveStatus />
              <noscript>
                <meta httpEquiv="refresh" content="2" />
              </noscript>
            </>
          )}
          <ConnectForm typed={typed} kept={kept} problems={attempt?.problems ?? []} />
        </Step>
        <Step id="try" number={4} title="Try it now" done={isReady && session !== undefined}>
          <TryIt
            isReady={isReady}
            session={session}
            notice={isReady ? await currentNotice() : undefined}
          />
        </Step>
        <Step id="production" number={5} title="Take it to production" done={false}>
          <Production host={hostProblem ? '' : host} />
        </Step>
      </ol>
    </div>
  );
}
