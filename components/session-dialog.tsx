import { useEffect, useRef, useState } from 'react';
import { leftInWords, type Phase } from '@/lib/session-end';
import type { Words } from '@/lib/words';
import styles from './session-dialog.module.css';
import { SignOutButton } from './sign-out-button';
import { type KnownSession, watchSession } from './watch-session';

/** The words come with the page: browsers hold no catalogue. */
export type SessionDialogProps = KnownSession & { words: Words['session'] & { locale: string } };

/** Opens the dialog. Where it says something new, the focus moves to that. */
function open(dialog: HTMLDialogElement | null): void {
  if (!dialog?.open) dialog?.showModal();
  dialog?.querySelector<HTMLElement>('[data-first]')?.focus();
}

/** What people read before their session ends, and in the place of the page when it has. */
export function SessionDialog({
  person,
  idleSeconds,
  idleEndsInSeconds,
  endsInSeconds,
  words,
}: SessionDialogProps) {
  const { locale, fewSeconds } = words;
  const dialog = useRef<HTMLDialogElement>(null);
  const focused = useRef<Element>(null); // before there was anything to say
  const watch = useRef<ReturnType<typeof watchSession>>(undefined);
  const [phase, setPhase] = useState<Phase>('quiet');
  const [left, setLeft] = useState('');
  const [hasFailed, setHasFailed] = useState(false);

  useEffect(() => {
    const known = { person, idleSeconds, idleEndsInSeconds, endsInSeconds };
    watch.current = watchSession(known, (next, leftMs) => {
      if (next !== 'quiet') focused.current ??= document.activeElement;
      setPhase(next);
      setLeft(leftInWords(leftMs, locale, fewSeconds));
    });
    return () => watch.current?.stop();
  }, [person, idleSeconds, idleEndsInSeconds, endsInSeconds, locale, fewSeconds]);

  useEffect(() => {
    setHasFailed(false);
    if (phase !== 'quiet') return open(dialog.current);
    dialog.current?.close();
    (focused.current as HTMLElement | null)?.focus();
    focused.current = null;
  }, [phase]);

  const stay = async () => setHasFailed(!(await watch.current?.stay()));
  const putAway = () => {
    if (phase === 'idle') void stay();
    if (phase === 'last') watch.current?.dismiss();
  };

  return (
    <dialog
      ref={dialog}
      role="alertdialog"
      aria-labelledby="session-says"
      aria-describedby="session-why"
      className={phase === 'over' ? styles.cover : styles.dialog}
      onCancel={(event) => {
        event.preventDefault();
        putAway();
      }}
      // Chromium closes it at the second Escape, whatever the page says.
      onClose={() => phase !== 'quiet' && open(dialog.current)}
    >
      {phase === 'idle' && (
        <div className="stack">
          <h2 id="session-says">{words.idle}</h2>
          <p id="session-why" aria-live="polite">
            {words.idleText.replace('{time}', left)}
          </p>
          <p role="status">{hasFailed && words.failed}</p>
          <div className="actions">
            <button type="button" className="button button-primary" data-first onClick={stay}>
              {words.stay}
            </button>
            <SignOutButton scope="app">{words.signOut}</SignOutButton>
          </div>
        </div>
      )}
      {phase === 'last' && (
        <div className="stack">
          <h2 id="session-says">{words.last}</h2>
          <p id="session-why" aria-live="polite">
            {words.lastText.replace('{time}', left)}
          </p>
          <button type="button" className="button button-primary" data-first onClick={putAway}>
            {words.back}
          </button>
        </div>
      )}
      {phase === 'over' && (
        <div className="panel notice stack">
          <h1 id="session-says" tabIndex={-1} data-first>
            {words.over}
          </h1>
          <p id="session-why">{words.overText}</p>
          <a
            className="button button-primary"
            href={`/auth/sign-in?returnTo=${encodeURIComponent(location.pathname + location.search)}`}
            target="_blank"
            rel="noopener"
          >
            {words.signInAgain} <span className="visually-hidden">{words.newTab}</span>
          </a>
          <hr />
          <p className="soft">{words.leaving}</p>
          <button type="button" className="button" onClick={() => location.replace('/')}>
            {words.leave}
          </button>
        </div>
      )}
    </dialog>
  );
}
