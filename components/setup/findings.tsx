import { type Finding, signs } from '@/setup/finding';
import styles from './setup.module.css';

const words = { ok: 'Good', warn: 'Worth knowing', fail: 'To be mended' } as const;

/** What the tests found, each with its next step. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul className={styles.findings}>
      {findings.map(({ code, status, subject, says, next, link }) => (
        <li key={code + subject + says} data-code={code} className={styles[status]}>
          <span className={styles.sign} aria-hidden="true">
            {signs[status]}
          </span>
          <div>
            <p>
              <span className="visually-hidden">{words[status]}: </span>
              <strong>{subject}.</strong> {says}
            </p>
            {next && <p className="soft">{next}</p>}
            {link && (
              <p>
                <a href={link} target="_blank" rel="noreferrer">
                  Open that page<span className="visually-hidden"> for: {subject}</span>
                </a>
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
