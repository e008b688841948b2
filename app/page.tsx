import styles from '@/components/landing.module.css';
import { SignInButton } from '@/components/sign-in-button';
import { StarTrails } from '@/components/star-trails';
import { StartButton } from '@/components/start-button';
import { WatchedSession } from '@/components/watched-session';
import { currentSession } from '@/lib/auth';
import { homeOf, site } from '@/lib/site';

const promises = [
  {
    title: 'Your password stays with Microsoft',
    text: `You give it on Microsoft’s own page. ${site.name} never sees it.`,
  },
  {
    title: 'Open to listed organisations only',
    text: 'An account of any other organisation is turned away, and told why.',
  },
  {
    title: 'Sign out at any time',
    text: 'Here alone, or from Microsoft too. If you forget, it ends by itself.',
  },
];

/** The public start page. */
export default async function StartPage() {
  const session = await currentSession();
  return (
    <>
      <div className={styles.hero}>
        <div className={`stack ${styles.words}`}>
          <h1 className={styles.title}>{site.tagline}</h1>
          <p className="lead soft">{site.description}</p>
          {session ? (
            <div className="actions">
              <a className="button button-primary" href={homeOf(session.identity.tenantId)}>
                <span>
                  Continue as <bdi>{session.identity.name}</bdi>
                </span>
              </a>
              <StartButton returnTo="/" otherAccount>
                Use another account
              </StartButton>
            </div>
          ) : (
            <SignInButton returnTo="/" />
          )}
        </div>
        <StarTrails />
      </div>
      <ul className={styles.promises}>
        {promises.map(({ title, text }) => (
          <li key={title}>
            <h2>{title}</h2>
            <p className="soft">{text}</p>
          </li>
        ))}
      </ul>
      <WatchedSession />
    </>
  );
}
