import type { Metadata } from 'next';
import styles from '@/components/approve.module.css';
import { approvalSegment, approvePagePath, parseTenantId } from '@/lib/admin-consent';
import { currentWords } from '@/lib/current-words';
import { getProduct } from '@/lib/product';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).approve.title, robots: { index: false } };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** For an administrator who got the link from a colleague. Does not start anything by itself. */
export default async function ApprovePage({ searchParams }: Props) {
  const { config } = getProduct();
  const { approve } = await currentWords();
  const tenantId = parseTenantId((await searchParams).tenant);
  if (!approvalSegment(config.authority, tenantId)) {
    return (
      <div className="panel notice stack">
        <h1>{approve.nothing}</h1>
        <p>
          {config.authority.segment === 'consumers'
            ? approve.nothingText
            : approve.nothingForOthers}
        </p>
        <a className="button button-primary" href="/auth/sign-in">
          {approve.toSignIn}
        </a>
      </div>
    );
  }
  return (
    <div className="panel notice stack">
      <h1>{approve.title}</h1>
      <p>{approve.why}</p>
      <h2>{approve.asks}</h2>
      <ul className={styles.list}>
        <li>{approve.asksName}</li>
        <li>{approve.asksMail}</li>
      </ul>
      <p>{approve.asksNothing}</p>
      <h2>{approve.next}</h2>
      <ol className={styles.list}>
        <li>{approve.nextMicrosoft}</li>
        <li>{approve.nextBack}</li>
        <li>{approve.nextLetIn}</li>
      </ol>
      <form method="post" action="/auth/approve/start">
        {tenantId && <input type="hidden" name="tenant" value={tenantId} />}
        <button type="submit" className="button button-primary">
          {approve.go}
        </button>
      </form>
      <div className={`small ${styles.share}`}>
        <p>{approve.share}</p>
        <code className={styles.link}>{config.origin + approvePagePath(tenantId)}</code>
      </div>
    </div>
  );
}
