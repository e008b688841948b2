import type { Metadata } from 'next';
import styles from '@/components/approve.module.css';
import { approvalSegment, approvePagePath, parseTenantId } from '@/lib/admin-consent';
import { getProduct } from '@/lib/product';
import { site } from '@/lib/site';

const title = `Approve ${site.name} for your organisation`;

export const metadata: Metadata = { title, robots: { index: false } };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** For an administrator who got the link from a colleague. Does not start anything by itself. */
export default async function ApprovePage({ searchParams }: Props) {
  const { config } = getProduct();
  const tenantId = parseTenantId((await searchParams).tenant);
  if (!approvalSegment(config.authority, tenantId)) {
    return (
      <div className="panel notice stack">
        <h1>There is nothing to approve</h1>
        <p>
          {config.authority.segment === 'consumers'
            ? `${site.name} is for personal Microsoft accounts. They belong to no organisation, so no administrator needs to approve anything.`
            : `Accounts of other organisations cannot sign in to ${site.name}, so no administrator needs to approve anything.`}
        </p>
        <a className="button button-primary" href="/auth/sign-in">
          Go to the sign-in page
        </a>
      </div>
    );
  }
  return (
    <div className="panel notice stack">
      <h1>{title}</h1>
      <p>
        People sign in to {site.name} with Microsoft. Some organisations let nobody do that until an
        administrator has approved it. If you are an administrator, you can do so here.
      </p>
      <h2>What {site.name} asks for</h2>
      <ul className={styles.list}>
        <li>each person’s name</li>
        <li>their e-mail address</li>
      </ul>
      <p>It asks for nothing else: no mail, no files, no calendar.</p>
      <h2>What happens next</h2>
      <ol className={styles.list}>
        <li>Microsoft asks you to sign in and shows what you are about to approve.</li>
        <li>You accept or cancel there, and come back to a page that says how it ended.</li>
        <li>
          {site.name} may still have to let your organisation in. That page gives you a number to
          send to {site.support.name}.
        </li>
      </ol>
      <form method="post" action="/auth/approve/start">
        {tenantId && <input type="hidden" name="tenant" value={tenantId} />}
        <button type="submit" className="button button-primary">
          Continue to Microsoft
        </button>
      </form>
      <div className={`small ${styles.share}`}>
        <p>Not an administrator? Send this link to one:</p>
        <code className={styles.link}>{config.origin + approvePagePath(tenantId)}</code>
      </div>
    </div>
  );
}
