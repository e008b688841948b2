import type { DecisionFilter } from '@/lib/decision-filter';
import type { Decision, DecisionVerdict } from '@/lib/decisions';
import { isSignInErrorCode } from '@/lib/sign-in-error-table';
import { organisationName } from '@/lib/tenant-rules';
import { inEnglish } from '@/lib/words';
import styles from './admin.module.css';
import { DecisionFilterForm, verdictWords } from './admin-filter';
import table from './admin-table.module.css';
import { Moment } from './moment';

const mostRows = 100;

const badges: Readonly<Record<DecisionVerdict, string | undefined>> = {
  'let-in': styles.fine,
  refused: styles.mend,
  failed: styles.look,
};

/** Why, in the words that the person read, and in those of the log. */
function Reason({ code, reason, aadsts, isGuest }: Decision) {
  if (!code) return isGuest ? 'Signed in, as a guest' : 'Signed in';
  const inLog = [code, reason !== code && reason, aadsts && `AADSTS${aadsts}`].filter(Boolean);
  return (
    <>
      {isSignInErrorCode(code) && inEnglish.words.refusals[code].title}
      <code className="soft small detail">{inLog.join(' · ')}</code>
    </>
  );
}

function Row({ decision, nowSeconds }: { decision: Decision; nowSeconds: number }) {
  const { atMs, verdict, tenantId, incidentId } = decision;
  return (
    <tr>
      <td data-label="When">
        <div>
          <Moment
            atSeconds={Math.floor(atMs / 1000)}
            nowSeconds={nowSeconds}
            words={inEnglish.words}
          />
        </div>
      </td>
      <td data-label="Verdict">
        <span className={`${styles.badge} ${badges[verdict]}`}>{verdictWords[verdict]}</span>
      </td>
      <td data-label="Reason">
        <div>
          <Reason {...decision} />
        </div>
      </td>
      <td data-label="Organisation">
        {tenantId ? organisationName(tenantId) : <span className="soft">Not known</span>}
      </td>
      <td data-label="Incident">
        {incidentId ? <code>{incidentId}</code> : <span className="soft">None</span>}
      </td>
    </tr>
  );
}

function Empty({ filter }: { filter: DecisionFilter }) {
  if (Object.keys(filter.problems).length > 0) {
    return <p>Nothing is shown until the filter is put right.</p>;
  }
  if (!filter.isSet) {
    return <p>Nothing yet: nobody has signed in or been refused since this instance started.</p>;
  }
  return (
    <p>
      Nothing matches. Another instance may have decided, or it was too long ago: look in the log.
    </p>
  );
}

type Props = { decisions: readonly Decision[]; filter: DecisionFilter; nowSeconds: number };

/** The latest decisions about sign-ins, and a filter for them. */
export function Decisions({ decisions, filter, nowSeconds }: Props) {
  const matching = decisions.filter(filter.matches);
  const shown = matching.slice(0, mostRows);
  return (
    <section className={`panel ${styles.card}`} aria-labelledby="decisions">
      <h2 id="decisions">Latest sign-ins</h2>
      <p className="soft">
        Who was let in, and who read a page that says why not. What the gate answers to code, 401
        and 403, is in the log alone.
      </p>
      <DecisionFilterForm filter={filter} decisions={decisions} />
      {shown.length === 0 ? (
        <div className={table.empty}>
          <Empty filter={filter} />
        </div>
      ) : (
        <>
          <p className="soft">
            {shown.length < matching.length
              ? `The latest ${shown.length} of ${matching.length}. A filter shows fewer.`
              : `${shown.length} of ${decisions.length} that this instance remembers.`}
          </p>
          <table className={`${table.table} ${table.decisions}`} aria-labelledby="decisions">
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Verdict</th>
                <th scope="col">Reason</th>
                <th scope="col">Organisation</th>
                <th scope="col">Incident</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((decision, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, on the server
                <Row key={index} decision={decision} nowSeconds={nowSeconds} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
