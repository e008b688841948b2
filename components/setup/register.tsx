import { accountTypes, portalPagesIn } from '@/setup/portal';
import type { Audience } from '@/setup/registration';
import styles from './setup.module.css';

/** Step 2: the registration, in words that hold even where a link does not.
 * @param audience the one that the entered tenants ask for; undefined while none are entered
 * @param authorityHost what the settings say of the cloud */
export function Register({
  audience,
  authorityHost,
}: {
  audience: Audience | undefined;
  authorityHost: string | undefined;
}) {
  const portalPages = portalPagesIn(authorityHost);
  return (
    <>
      <ol className={styles.clicks}>
        <li>
          Open{' '}
          <a href={portalPages.register} target="_blank" rel="noreferrer">
            New registration
          </a>
          , or click there: Microsoft Entra admin center, App registrations, New registration.
        </li>
        <li>
          Choose the supported account types by who may come in:
          <ul className={styles.types}>
            {Object.entries(accountTypes).map(([name, { label, when }]) => (
              <li key={name} aria-current={name === audience ? 'true' : undefined}>
                <strong>{label}</strong>
                <span className="soft small detail">
                  {when}
                  {name === audience && ' — this one, by the tenants that you entered'}
                </span>
              </li>
            ))}
          </ul>
        </li>
        <li>
          Redirect URI: choose <strong>Web</strong> and enter the first address of step 1. Add the
          others afterwards, under Authentication.
        </li>
        <li>
          After Register: Certificates &amp; secrets, Client secrets, New client secret. Copy the{' '}
          <strong>Value</strong> at once. It is shown only now, and the Secret ID beside it is
          something else.
        </li>
      </ol>
      <p className="soft">
        Already registered? It is in the{' '}
        <a href={portalPages.list} target="_blank" rel="noreferrer">
          list of app registrations
        </a>
        . With the Azure CLI, <code>npm run setup -- --az</code> does this step for you.
      </p>
    </>
  );
}
