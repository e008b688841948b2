import type { CheckRow, CheckVerdict } from '@/setup/flights/checks';
import type { Fact, Flight as Recorded } from '@/setup/flights/flights';
import { outcomeOf, type ToldStep, toldSteps } from '@/setup/flights/steps';
import styles from './flights.module.css';

const signs: Readonly<Record<CheckVerdict, string>> = {
  Passed: '✓',
  Failed: '✗',
  'Not reached': '–',
  'Not asked': '–',
};

const classes: Readonly<Partial<Record<CheckVerdict, string | undefined>>> = {
  Passed: styles.passed,
  Failed: styles.failed,
};

function Verdict({ verdict }: { verdict: CheckVerdict }) {
  return (
    <span className={classes[verdict] ?? 'soft'}>
      <span aria-hidden="true">{signs[verdict]} </span>
      {verdict}
    </span>
  );
}

function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ name, value, says }, index) => (
        // Parameters may come twice; the order never changes.
        // biome-ignore lint/suspicious/noArrayIndexKey: there is no other name
        <div key={index}>
          <dt>{name}</dt>
          <dd>
            {value !== undefined && <code>{value}</code>}
            {value !== undefined && says && ', '}
            {says}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Checks({ checks }: { checks: readonly CheckRow[] }) {
  return (
    <ol className={styles.checks}>
      {checks.map(({ check, asks, source, verdict, why }) => (
        <li
          key={check}
          data-check={check}
          className={verdict === 'Failed' ? styles.bad : undefined}
        >
          <p>
            <Verdict verdict={verdict} /> {asks}.
          </p>
          {why && <p>{why}</p>}
          <p className="soft small">{source}</p>
        </li>
      ))}
    </ol>
  );
}

function Step({ title, says, source, verdict, afterMs, facts, checks }: ToldStep) {
  return (
    <li className={styles.step}>
      <h3>
        {title}
        {verdict && (
          <>
            {': '}
            <Verdict verdict={verdict} />
          </>
        )}
      </h3>
      <p>{says}</p>
      <p className="soft small">
        {afterMs} ms after the start{source && ` · ${source}`}
      </p>
      {checks && <Checks checks={checks} />}
      {facts.length > 0 && <Facts facts={facts} />}
    </li>
  );
}

/** By the clock of this machine, which is the developer's own. */
const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** One sign-in, step by step. */
export function Flight({ flight, isOpen }: { flight: Recorded; isOpen: boolean }) {
  const outcome = outcomeOf(flight);
  const { number, startedAtMs } = flight;
  return (
    <details className={styles.flight} open={isOpen}>
      <summary>
        <h2>
          Sign-in {number}: {outcome}
        </h2>
        <time className="soft small" dateTime={new Date(startedAtMs).toISOString()}>
          {clock.format(startedAtMs)}
        </time>
      </summary>
      <ol className={styles.steps}>
        {toldSteps(flight).map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are added, never moved
          <Step key={index} {...step} />
        ))}
      </ol>
    </details>
  );
}
