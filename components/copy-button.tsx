'use client';

import { type ReactNode, useEffect, useState } from 'react';
import styles from './copy-button.module.css';

/** `absent` until the browser has shown that it runs scripts and lets them copy. */
type State = 'absent' | 'ready' | 'copied' | 'failed';

const said: Record<State, string> = {
  absent: '',
  ready: '',
  copied: 'Copied',
  failed: 'That did not work. Select the text and copy it.',
};

/** Copies `text`, which must stand beside it for browsers without scripts. */
export function CopyButton({ text, children }: { text: string; children: ReactNode }) {
  const [state, setState] = useState<State>('absent');
  useEffect(() => {
    // Browsers have no clipboard on plain http, other than this machine's own.
    if (navigator.clipboard) setState('ready');
  }, []);
  const copy = async () => {
    setState('ready'); // so that a second "Copied" is announced, too
    const copied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    setState(copied ? 'copied' : 'failed');
  };
  return (
    <span className={styles.copy}>
      {state !== 'absent' && (
        <button type="button" className="button" onClick={copy}>
          {children}
        </button>
      )}
      <span role="status">{said[state]}</span>
    </span>
  );
}
