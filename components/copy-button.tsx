'use client';

import { useEffect, useState } from 'react';

/** Copies a text that also stands on the page: without JavaScript the button is not there, and the
 * text can be selected. @param what named by the button, for people who hear it out of context */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [state, setState] = useState<'absent' | 'ready' | 'copied' | 'failed'>('absent');
  useEffect(() => setState('ready'), []);
  useEffect(() => {
    if (state !== 'copied' && state !== 'failed') return;
    const timer = setTimeout(() => setState('ready'), 4000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  const says = { absent: '', ready: '', copied: 'Copied', failed: 'Select and copy it by hand' };
  return (
    <>
      <button
        type="button"
        className="button button-small"
        onClick={copy}
        // Takes its place from the start, so that nothing moves when it appears.
        style={state === 'absent' ? { visibility: 'hidden' } : undefined}
      >
        Copy<span className="visually-hidden"> {what}</span>
      </button>
      <span role="status" className="soft small">
        {says[state]}
      </span>
    </>
  );
}
