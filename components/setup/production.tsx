import { inEnglish } from '@/lib/words';
import { CopyButton } from '../copy-button';
import styles from './setup.module.css';

const { copied, copyFailed } = inEnglish.words.refusal;

/** Step 5: what production needs, and that nothing of this page goes there. */
export function Production({ host }: { host: string }) {
  const lines = [
    'AZURE_CLIENT_ID=<the same>',
    'AZURE_CLIENT_SECRET=<a second secret, made for production alone>',
    'AZURE_CLIENT_SECRET_EXPIRES=<its date, as 2027-05-31>',
    'AZURE_VALID_TENANT_IDS=<the same>',
    `AUTH_URL=${host || 'https://<host>'}`,
    'AUTH_SECRET=<openssl rand -base64 32>',
    'TRUSTED_PROXY_HOPS=<how many proxies of yours stand before the app>',
  ].join('\n');
  return (
    <>
      <ul className={styles.checklist}>
        <li>Register the production addresses of step 1.</li>
        <li>
          Make a second client secret for production, or upload a certificate. The one of this
          computer stays on this computer.
        </li>
        <li>Put the day on which it expires into your calendar: that day nobody can sign in.</li>
        <li>Set these variables there; no value of this page is carried over by itself.</li>
      </ul>
      <pre className={styles.code}>{lines}</pre>
      <CopyButton text={lines} said={{ copied, copyFailed }}>
        Copy the variables
      </CopyButton>
      <p>
        When it runs: <code>npm run doctor -- --url {host || 'https://<host>'}</code>. More in
        <code> docs/deploy.md</code>. This page does not exist there.
      </p>
    </>
  );
}
