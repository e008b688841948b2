import styles from './setup.module.css';

const problems = {
  wrong: 'That is not the key. Copy the whole link from the terminal.',
  used: 'The key has been used, in this or another browser. Stop npm run dev and start it again: the terminal then shows a new one.',
} as const;

/** The set-up page to a browser that has not shown the key: it changes the app's settings, so it
 * opens for whoever started the server. */
export function Locked({ problem }: { problem: string | undefined }) {
  const says = problem === 'wrong' || problem === 'used' ? problems[problem] : undefined;
  return (
    <div lang="en" className="panel notice stack">
      <h1>Set up sign-in with Microsoft</h1>
      <p>
        This page changes the app’s settings, so it opens only for the person who started the app.
        Open the link after <strong>Set up</strong> in the terminal, or paste it here.
      </p>
      <form method="post" action="/setup/open" className="stack">
        <div className={styles.field}>
          <label htmlFor="key">Link or key from the terminal</label>
          <input
            id="key"
            name="key"
            autoComplete="off"
            spellCheck={false}
            required
            aria-invalid={says ? true : undefined}
            aria-describedby={says ? 'key-problem' : undefined}
          />
          {says && (
            <p id="key-problem" className={styles.problem}>
              {says}
            </p>
          )}
        </div>
        <button type="submit" className="button button-primary">
          Open
        </button>
      </form>
    </div>
  );
}
