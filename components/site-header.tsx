import type { Session } from '@/lib/session-token';
import { site } from '@/lib/site';
import { BrandMark } from './brand-mark';
import styles from './shell.module.css';

type Props = {
  session: Session | undefined;
  /** What screen readers say before the person's name. */
  label: string;
};

/** The top of every page: the app's name, and who is signed in. */
export function SiteHeader({ session, label }: Props) {
  const name = session?.identity.name;
  return (
    <header className={styles.header}>
      <div className={styles.bar}>
        <a className={styles.brand} href="/">
          <BrandMark />
          {site.name}
        </a>
        {name && (
          <a className={styles.account} href="/account">
            <span className="visually-hidden">{label} </span>
            <span className={styles.initial} aria-hidden="true">
              {[...name][0]?.toUpperCase()}
            </span>
            <bdi>{name}</bdi>
          </a>
        )}
      </div>
    </header>
  );
}
