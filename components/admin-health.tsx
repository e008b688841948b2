import { type HealthLevel, type HealthLine, healthLines } from '@/lib/health';
import type { Product } from '@/lib/product';
import { isStopping } from '@/lib/shutdown';
import { inEnglish } from '@/lib/words';
import styles from './admin.module.css';
import { Moment } from './moment';

const levels: Readonly<Record<HealthLevel, string>> = {
  fine: 'In order',
  look: 'Worth a look',
  mend: 'Needs mending',
};

function linesOf(product: Product): HealthLine[] {
  const { config, provider, credentials, credentialExpiry, revocations, nowSeconds } = product;
  const isCurrent = revocations.isCurrent();
  return healthLines({
    config,
    documents: provider.state(),
    credentials: credentials.verdict(),
    isReady: credentials.isReady() && isCurrent,
    isStopping: isStopping(),
    expiresAtSeconds: credentialExpiry(),
    revocations: { kind: revocations.kind, isCurrent },
    startedAtSeconds: Math.floor(performance.timeOrigin / 1000), // when the process began
    nowSeconds: nowSeconds(),
  });
}

/** Whether sign-in works on this instance, and what to do where it does not. */
export function Health({ product }: { product: Product }) {
  return (
    <section className={`panel ${styles.card}`} aria-labelledby="health">
      <h2 id="health">Health</h2>
      <ul className={styles.health}>
        {linesOf(product).map(({ name, level, says, atSeconds, todo }) => (
          <li key={name}>
            <h3>{name}</h3>
            <p>
              <span className={`${styles.badge} ${styles[level]}`}>{levels[level]}</span>
            </p>
            <div>
              <p>{says}</p>
              {todo && <p className="soft">{todo}</p>}
              {atSeconds !== undefined && (
                <p className="soft small">
                  <Moment
                    atSeconds={atSeconds}
                    nowSeconds={product.nowSeconds()}
                    words={inEnglish.words}
                  />
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
