import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import styles from '@/components/admin.module.css';
import { Decisions } from '@/components/admin-decisions';
import { Health } from '@/components/admin-health';
import { Routes, Rules } from '@/components/admin-rules';
import { requireIdentity } from '@/lib/auth';
import { filterQuery, type Query, readDecisionFilter } from '@/lib/decision-filter';
import { latestDecisions } from '@/lib/decisions';
import { getProduct } from '@/lib/product';

export const metadata: Metadata = { title: 'Administration', robots: { index: false } };

/** What the operator may want to know of this instance: rules, health, latest sign-ins. Changes
 * nothing, shows no secret, and of people no more than the log has. */
export default async function AdminPage({ searchParams }: { searchParams: Promise<Query> }) {
  await requireIdentity('/admin');
  const query = await searchParams;
  const wanted = filterQuery(query);
  if (wanted !== undefined) redirect(`/admin${wanted}`);
  const product = getProduct();
  return (
    <div lang="en" className={`stack ${styles.page}`}>
      <div className={styles.top}>
        <h1>Administration</h1>
        <p className="soft">
          What one instance of the app knows. Where there are several, the next request may meet
          another.
        </p>
      </div>
      <Health product={product} />
      <Decisions
        decisions={latestDecisions()}
        filter={readDecisionFilter(query)}
        nowSeconds={product.nowSeconds()}
      />
      <Rules product={product} />
      <Routes />
    </div>
  );
}
