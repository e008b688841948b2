import { inEnglish } from '@/lib/words';
import { frontChannelLogoutUrlOf, localOrigin, returnPaths } from '@/setup/redirect-uris';
import { CopyButton } from '../copy-button';
import styles from './setup.module.css';

const { copied, copyFailed } = inEnglish.words.refusal;

function Address({ url, use }: { url: string; use: string }) {
  return (
    <li>
      <code>{url}</code>
      <CopyButton text={url} said={{ copied, copyFailed }}>
        Copy<span className="visually-hidden"> {url}</span>
      </CopyButton>
      <span className="soft small detail">{use}</span>
    </li>
  );
}

function List({ origin }: { origin: string }) {
  return (
    <ul className={styles.addresses}>
      {returnPaths.map(({ path, use }) => (
        <Address key={path} url={origin + path} use={use} />
      ))}
    </ul>
  );
}

/** Step 1: where the app will run, and so where Microsoft sends people back to. */
export function Addresses({ host, problem }: { host: string; problem: string | undefined }) {
  return (
    <>
      <p>
        Microsoft sends people back only to addresses that you register, letter by letter, on the
        platform <strong>Web</strong>. These are yours.
      </p>
      <h3>On this computer</h3>
      <p className="soft">Microsoft ignores the port of localhost, so one entry serves them all.</p>
      <List origin={localOrigin} />
      <h3>In production</h3>
      <form method="post" action="/setup/host" className={styles.row}>
        <div className={styles.field}>
          <label htmlFor="host">Address of the app, such as app.example.com</label>
          <input
            id="host"
            name="host"
            defaultValue={host}
            autoComplete="off"
            spellCheck={false}
            inputMode="url"
            aria-invalid={problem ? true : undefined}
            aria-describedby={problem ? 'host-problem' : undefined}
          />
          {problem && (
            <p id="host-problem" className={styles.problem}>
              {problem}
            </p>
          )}
        </div>
        <button type="submit" className="button">
          Show addresses
        </button>
      </form>
      {host && !problem && (
        <>
          <List origin={host} />
          <p>
            Not a redirect URI, but a field of its own: the Front-channel logout URL. It needs the
            optional claim <code>sid</code>.
          </p>
          <ul className={styles.addresses}>
            <Address
              url={frontChannelLogoutUrlOf(host)}
              use="tells the app when somebody signs out at Microsoft"
            />
          </ul>
        </>
      )}
    </>
  );
}
