import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import styles from '@/components/account.module.css';
import { AdminLink } from '@/components/admin-link';
import { Duration, Moment } from '@/components/moment';
import { SignOutButton } from '@/components/sign-out-button';
import { StartButton } from '@/components/start-button';
import { record } from '@/lib/audit';
import { currentSession, requireIdentity } from '@/lib/auth';
import { getProduct } from '@/lib/product';
import { site } from '@/lib/site';
import { organisationName } from '@/lib/tenant-rules';

export const metadata: Metadata = { title: 'Your account', robots: { index: false } };

const tabs = { overview: 'Overview', details: 'Details' } as const;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Who is signed in, until when, and every way out. */
export default async function AccountPage({ searchParams }: Props) {
  const { tab: wanted, confirmed } = await searchParams;
  const tab = wanted === 'details' ? 'details' : 'overview';
  const here = tab === 'details' ? '/account?tab=details' : '/account';
  const identity = await requireIdentity(here);
  const session = await currentSession();
  if (!session) redirect('/');
  const product = getProduct();
  const nowSeconds = product.nowSeconds();
  const organisation = organisationName(identity.tenantId);

  /** An example of a Server Action. Anyone can post to one, so it asks for the identity itself. */
  async function confirm() {
    'use server';
    await requireIdentity('/account');
    const current = await currentSession();
    if (current) record({ event: 'example.action', sessionId: current.sessionId });
    redirect('/account?confirmed=yes');
  }

  return (
    <div className={`stack ${styles.page}`}>
      <div className={styles.top}>
        <h1>Your account</h1>
        <p role="status" className={styles.status}>
          {confirmed === 'yes' && 'Confirmed. The server checked your session again.'}
        </p>
      </div>

      <section className={`panel ${styles.card}`} aria-label="Account">
        <nav aria-label="Account" className={styles.tabs}>
          {Object.entries(tabs).map(([name, label]) => (
            <a
              key={name}
              href={`/account?tab=${name}`}
              aria-current={name === tab ? 'page' : undefined}
            >
              {label}
            </a>
          ))}
        </nav>
        {tab === 'overview' ? (
          <dl className={styles.facts}>
            <dt>Name</dt>
            <dd>
              <bdi>{identity.name}</bdi>
            </dd>
            <dt>Account</dt>
            <dd>
              {identity.email ? (
                <bdi>{identity.email}</bdi>
              ) : (
                <span className="soft">No account name</span>
              )}
            </dd>
            <dt>Organisation</dt>
            <dd>
              {organisation !== identity.tenantId && organisation}
              <code className="soft small detail">{identity.tenantId}</code>
            </dd>
          </dl>
        ) : (
          <dl className={styles.facts}>
            <dt>Organisation ID</dt>
            <dd>
              <code>{identity.tenantId}</code>
            </dd>
            <dt>Account ID</dt>
            <dd>
              <code>{identity.objectId}</code>
            </dd>
            <dt>Session ID</dt>
            <dd>
              <code>{session.sessionId}</code>
            </dd>
          </dl>
        )}
      </section>

      <section className={`panel ${styles.card}`} aria-labelledby="session">
        <h2 id="session">This session</h2>
        <dl className={styles.facts}>
          <dt>Signed in</dt>
          <dd>
            <Moment atSeconds={session.signedInAtSeconds} nowSeconds={nowSeconds} />
          </dd>
          <dt>Ends</dt>
          <dd>
            When nothing is done for <Duration seconds={product.config.sessionIdleSeconds} />
          </dd>
          <dt>Ends at the latest</dt>
          <dd>
            <Moment atSeconds={session.expiresAtSeconds} nowSeconds={nowSeconds} />
          </dd>
        </dl>
        <form action={confirm} className={styles.foot}>
          <button type="submit" className="button">
            Check my session again
          </button>
        </form>
      </section>

      <section className={`panel ${styles.card}`} aria-labelledby="leave">
        <h2 id="leave">Switch or sign out</h2>
        <ul className={styles.ways}>
          <li>
            <p>Go on with a different account. You stay signed in until that has worked.</p>
            <StartButton returnTo="/" otherAccount>
              Use another account
            </StartButton>
          </li>
          <li>
            <p>
              Ends your session in {site.name} only. You stay signed in to Microsoft, so the next
              sign-in is quick.
            </p>
            <SignOutButton scope="app">Sign out of {site.name}</SignOutButton>
          </li>
          <li>
            <p>
              Also signs you out of Microsoft in this browser, and so of your mail and other apps.
              The right choice on a shared computer.
            </p>
            <SignOutButton scope="microsoft">Sign out of Microsoft too</SignOutButton>
          </li>
          <li>
            <p>
              Ends all your sessions in {site.name}, in every browser and on every device. The right
              choice when you lost one of them, or forgot to sign out somewhere.
            </p>
            <SignOutButton scope="everywhere">Sign out everywhere</SignOutButton>
          </li>
        </ul>
      </section>

      <AdminLink />
    </div>
  );
}
