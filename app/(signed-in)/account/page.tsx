import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import styles from '@/components/account.module.css';
import { AdminLink } from '@/components/admin-link';
import { durationInWords, Moment } from '@/components/moment';
import { SignOutButton } from '@/components/sign-out-button';
import { StartButton } from '@/components/start-button';
import { record } from '@/lib/audit';
import { currentSession, requireIdentity } from '@/lib/auth';
import { currentWords } from '@/lib/current-words';
import { getProduct } from '@/lib/product';
import { organisationName } from '@/lib/tenant-rules';
import { fill } from '@/lib/words';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).account.title, robots: { index: false } };
}

const tabs = ['overview', 'details'] as const;

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
  const words = await currentWords();
  const { account, buttons, locale } = words;
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
        <h1>{account.title}</h1>
        <p role="status" className={styles.status}>
          {confirmed === 'yes' && account.checked}
        </p>
      </div>

      <section className={`panel ${styles.card}`} aria-label={account.about}>
        <nav aria-label={account.about} className={styles.tabs}>
          {tabs.map((name) => (
            <a
              key={name}
              href={`/account?tab=${name}`}
              aria-current={name === tab ? 'page' : undefined}
            >
              {account[name]}
            </a>
          ))}
        </nav>
        {tab === 'overview' ? (
          <dl className={styles.facts}>
            <dt>{account.name}</dt>
            <dd>
              <bdi>{identity.name}</bdi>
            </dd>
            <dt>{account.account}</dt>
            <dd>
              {identity.email ? (
                <bdi>{identity.email}</bdi>
              ) : (
                <span className="soft">{account.noAccount}</span>
              )}
            </dd>
            <dt>{account.organisation}</dt>
            <dd>
              {organisation !== identity.tenantId && organisation}
              <code className="soft small detail">{identity.tenantId}</code>
            </dd>
          </dl>
        ) : (
          <dl className={styles.facts}>
            <dt>{account.organisationId}</dt>
            <dd>
              <code>{identity.tenantId}</code>
            </dd>
            <dt>{account.accountId}</dt>
            <dd>
              <code>{identity.objectId}</code>
            </dd>
            <dt>{account.sessionId}</dt>
            <dd>
              <code>{session.sessionId}</code>
            </dd>
          </dl>
        )}
      </section>

      <section className={`panel ${styles.card}`} aria-labelledby="session">
        <h2 id="session">{account.session}</h2>
        <dl className={styles.facts}>
          <dt>{account.signedIn}</dt>
          <dd>
            <Moment atSeconds={session.signedInAtSeconds} nowSeconds={nowSeconds} words={words} />
          </dd>
          <dt>{account.ends}</dt>
          <dd>
            {fill(account.idle, {
              time: durationInWords(product.config.sessionIdleSeconds, locale),
            })}
          </dd>
          <dt>{account.endsAtLatest}</dt>
          <dd>
            <Moment atSeconds={session.expiresAtSeconds} nowSeconds={nowSeconds} words={words} />
          </dd>
        </dl>
        <form action={confirm} className={styles.foot}>
          <button type="submit" className="button">
            {account.check}
          </button>
        </form>
      </section>

      <section className={`panel ${styles.card}`} aria-labelledby="leave">
        <h2 id="leave">{account.leave}</h2>
        <ul className={styles.ways}>
          <li>
            <p>{account.other}</p>
            <StartButton returnTo="/" otherAccount>
              {buttons.otherAccount}
            </StartButton>
          </li>
          <li>
            <p>{account.app}</p>
            <SignOutButton scope="app">{account.signOutApp}</SignOutButton>
          </li>
          <li>
            <p>{account.microsoft}</p>
            <SignOutButton scope="microsoft">{account.signOutMicrosoft}</SignOutButton>
          </li>
          <li>
            <p>{account.everywhere}</p>
            <SignOutButton scope="everywhere">{account.signOutEverywhere}</SignOutButton>
          </li>
        </ul>
      </section>

      <AdminLink />
    </div>
  );
}
