'use client';

import { type ReactNode, useEffect, useState } from 'react';
import styles from './copy-button.module.css';

/** `absent` until the browser has shown that it runs scripts and lets them copy. */
type State = 'absent' | 'ready' | 'copied' | 'failed';

type Props = {
  text: string;
  /** What is said when it was copied, and when it could not be. */
  said: { copied: string; copyFailed: string };
  children: ReactNode;
};

/** Copies `text`, which must stand beside it for browsers without scripts. */
export function CopyButton({ text, said: { copied, copyFailed }, children }: Props) {
  const [state, setState] = useState<State>('absent');
  useEffect(() => {
    // Browsers have no clipboard on plain http, other than this machine's own.
    if (navigator.clipboard) setState('ready');
  }, []);
  const copy = async () => {
    setState('ready'); // so that a second "Copied" is announced, too
    const isCopied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    setState(isCopied ? 'copied' : 'failed');
  };
  return (
    <span className={styles.copy}>
      {state !== 'absent' && (
        <button type="button" className="button" onClick={copy}>
          {children}
        </button>
      )}
      <span role="status">
        {state === 'copied' && copied}
        {state === 'failed' && copyFailed}
      </span>
    </span>
  );
}
