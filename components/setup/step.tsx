import type { ReactNode } from 'react';
import styles from './setup.module.css';

type Props = { id: string; number: number; title: string; done: boolean; children: ReactNode };

/** One step of the set-up page. */
export function Step({ id, number, title, done, children }: Props) {
  return (
    <li className={styles.step}>
      <h2 id={id} className={styles.stepTitle} tabIndex={-1}>
        <span className={done ? styles.numberDone : styles.number} aria-hidden="true">
          {done ? '✓' : number}
        </span>
        <span>
          <span className="visually-hidden">{done ? 'Done: ' : `Step ${number}: `}</span>
          {title}
        </span>
      </h2>
      <div className={`stack ${styles.stepBody}`}>{children}</div>
    </li>
  );
}
