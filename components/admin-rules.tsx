import { roles } from '@/lib/access';
import { accessRows, ruleRow } from '@/lib/access-rows';
import { credentialNames } from '@/lib/credential';
import type { Product } from '@/lib/product';
import { organisationName } from '@/lib/tenant-rules';
import { inEnglish } from '@/lib/words';
import styles from './admin.module.css';
import table from './admin-table.module.css';
import { durationInWords, Moment } from './moment';

const mostOrganisations = 50;

const lasting = (seconds: number) => durationInWords(seconds, inEnglish.words.locale);

/** An organisation by its label, where somebody gave it one, and its id. */
function Organisation({ tenantId }: { tenantId: string }) {
  const name = organisationName(tenantId);
  const rule = ruleRow(tenantId);
  return (
    <>
      {name !== tenantId && name} <code className="soft small detail">{tenantId}</code>
      {rule && <span className="soft small detail">{rule}</span>}
    </>
  );
}

/** The rules in force, as the configuration says them: kinds and names, never a secret. */
export function Rules({ product }: { product: Product }) {
  const { config, revocations, nowSeconds } = product;
  const epochSeconds = config.sessionEpochSeconds;
  const tenantIds = [...config.tenantIds];
  const more = tenantIds.length - mostOrganisations;
  return (
    <section className={`panel ${styles.card}`} aria-labelledby="rules">
      <h2 id="rules">Rules in force</h2>
      <dl className={styles.facts}>
        <dt>Organisations that may come in</dt>
        <dd>
          <ul className={styles.organisations}>
            {tenantIds.slice(0, mostOrganisations).map((tenantId) => (
              <li key={tenantId}>
                <Organisation tenantId={tenantId} />
              </li>
            ))}
          </ul>
          {more > 0 && <p>and {more} more</p>}
        </dd>
        <dt>Guests of theirs</dt>
        <dd>{config.allowGuests ? 'May come in' : 'Are kept out'}</dd>
        <dt>A session ends</dt>
        <dd>
          When nothing is done for {lasting(config.sessionIdleSeconds)}, and{' '}
          {lasting(config.sessionLifetimeSeconds)} after the sign-in at the latest
        </dd>
        <dt>Sessions are over that began before</dt>
        <dd>
          {epochSeconds > 0 ? (
            <Moment atSeconds={epochSeconds} nowSeconds={nowSeconds()} words={inEnglish.words} />
          ) : (
            'No such moment: SESSION_EPOCH is not set'
          )}
        </dd>
        <dt>Sessions that are ended early</dt>
        <dd>
          {revocations.kind === 'redis'
            ? 'Are over on every instance: they share them through Redis'
            : 'Are over on this instance, which shares them with no other'}
        </dd>
        <dt>Roles</dt>
        <dd>
          <ul className={styles.organisations}>
            {Object.entries(roles).map(([role, purpose]) => (
              <li key={role}>
                <code>{role}</code> <span className="soft small detail">{purpose}</span>
              </li>
            ))}
          </ul>
        </dd>
        <dt>People in too many groups for a token</dt>
        <dd>
          {config.readGroups
            ? 'Microsoft is asked for their groups when a decision depends on one'
            : 'Hold no role by a group: AZURE_READ_GROUPS is not set'}
        </dd>
        <dt>People sign in at</dt>
        <dd>
          <code>
            {config.authority.origin}/{config.authority.segment}
          </code>
        </dd>
        <dt>The app proves itself with</dt>
        <dd>
          {[config.credential, config.nextCredential]
            .flatMap((one) => (one ? [credentialNames[one.kind]] : []))
            .join(', then ')}
        </dd>
      </dl>
    </section>
  );
}

/** The route policy in words. */
export function Routes() {
  return (
    <section className={`panel ${styles.card}`} aria-labelledby="routes">
      <h2 id="routes">Who may open what</h2>
      <p className="soft">A route that is not listed is closed to whoever is not signed in.</p>
      <table className={`${table.table} ${table.routes}`} aria-labelledby="routes">
        <thead>
          <tr>
            <th scope="col">Route</th>
            <th scope="col">Open to</th>
          </tr>
        </thead>
        <tbody>
          {accessRows().map(({ path, opens }) => (
            <tr key={path}>
              <th scope="row">
                <code>{path}</code>
              </th>
              <td>{opens}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
