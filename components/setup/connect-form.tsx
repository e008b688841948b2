import type { FieldProblem, Typed } from '@/setup/fields';
import styles from './setup.module.css';

type Props = {
  /** What was typed and not saved yet. */
  typed: Typed;
  /** How each value that is kept is spoken of. */
  kept: Partial<Typed>;
  problems: readonly FieldProblem[];
};

const fields = [
  {
    name: 'clientId',
    label: 'Client ID',
    hint: 'Overview, Application (client) ID',
  },
  {
    name: 'clientSecret',
    label: 'Client secret',
    hint: 'Certificates & secrets, Client secrets, Value',
  },
  {
    name: 'tenants',
    label: 'Valid tenant IDs',
    hint: 'Overview, Directory (tenant) ID. Several with commas between them; a domain name will do, too',
  },
] as const;

/** Step 3: the three fields. Only what is no secret is ever sent back to be shown. */
export function ConnectForm({ typed, kept, problems }: Props) {
  return (
    <form method="post" action="/setup/connect" className="stack">
      {fields.map(({ name, label, hint }) => {
        const wrong = problems.filter(({ field }) => field === name);
        const isSecret = name === 'clientSecret';
        const described = [`${name}-hint`, ...wrong.map(({ code }) => `${name}-${code}`)];
        const shared = {
          id: name,
          name,
          autoComplete: 'off',
          spellCheck: false,
          'aria-invalid': wrong.length > 0 ? true : undefined,
          'aria-describedby': described.join(' '),
        } as const;
        return (
          <div key={name} className={styles.field}>
            <label htmlFor={name}>{label}</label>
            <p id={`${name}-hint`} className="soft small">
              {hint}
              {kept[name] && (
                <>
                  . <strong>{kept[name]}</strong>; leave it empty to keep it
                </>
              )}
            </p>
            {name === 'tenants' ? (
              <textarea {...shared} rows={2} defaultValue={typed.tenants} />
            ) : (
              <input
                {...shared}
                type={isSecret ? 'password' : 'text'}
                defaultValue={isSecret ? '' : typed.clientId}
              />
            )}
            {wrong.map(({ code, message }) => (
              <p key={code + message} id={`${name}-${code}`} className={styles.problem}>
                {message}
              </p>
            ))}
          </div>
        );
      })}
      <button type="submit" className="button button-primary">
        Connect
      </button>
      <p className="soft small">
        Tests the values with Microsoft first, for up to ten seconds, then saves them in
        <code> .env.local</code> on this computer. The test of the secret leaves an entry among the
        application’s sign-ins.
      </p>
    </form>
  );
}
