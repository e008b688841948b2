import styles from '@/components/landing.module.css';
import { Said } from '@/components/said';
import { SignInButton } from '@/components/sign-in-button';
import { StarTrails } from '@/components/star-trails';
import { StartButton } from '@/components/start-button';
import { WatchedSession } from '@/components/watched-session';
import { currentSession } from '@/lib/auth';
import { currentLanguage } from '@/lib/current-words';
import { homeOf } from '@/lib/site';

/** The public start page. */
export default async function StartPage() {
  const session = await currentSession();
  const { words, brand } = await currentLanguage();
  const { start, buttons } = words;
  const promises = [start.password, start.listed, start.leave];
  return (
    <>
      <div className={styles.hero}>
        <div className={`stack ${styles.words}`}>
          <h1 className={styles.title}>{brand.tagline}</h1>
          <p className="lead soft">{brand.description}</p>
          {session ? (
            <div className="actions">
              <a className="button button-primary" href={homeOf(session.identity.tenantId)}>
                <span>
                  <Said
                    text={start.continueAs}
                    gaps={{ name: <bdi>{session.identity.name}</bdi> }}
                  />
                </span>
              </a>
              <StartButton returnTo="/" otherAccount>
                {buttons.otherAccount}
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
