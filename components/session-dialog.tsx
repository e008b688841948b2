import { useEffect, useRef, useState } from 'react';
import { leftInWords, type Phase } from '@/lib/session-end';
import styles from './session-dialog.module.css';
import { SignOutButton } from './sign-out-button';
import { type KnownSession, watchSession } from './watch-session';

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
}: KnownSession) {
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
      setLeft(leftInWords(leftMs));
    });
    return () => watch.current?.stop();
  }, [person, idleSeconds, idleEndsInSeconds, endsInSeconds]);

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
          <h2 id="session-says">Are you still there?</h2>
          <p id="session-why" aria-live="polite">
            Nothing was done here for a while. You will be signed out in about {left}.
          </p>
          <p role="status">
            {hasFailed && 'That did not work. Check your connection and try again.'}
          </p>
          <div className="actions">
            <button type="button" className="button button-primary" data-first onClick={stay}>
              Stay signed in
            </button>
            <SignOutButton scope="app">Sign out</SignOutButton>
          </div>
        </div>
      )}
      {phase === 'last' && (
        <div className="stack">
          <h2 id="session-says">Save your work</h2>
          <p id="session-why" aria-live="polite">
            You have been signed in for as long as is allowed. You will be signed out in about{' '}
            {left}, and can sign in again then.
          </p>
          <button type="button" className="button button-primary" data-first onClick={putAway}>
            Back to the page
          </button>
        </div>
      )}
      {phase === 'over' && (
        <div className="panel notice stack">
          <h1 id="session-says" tabIndex={-1} data-first>
            Your session has ended
          </h1>
          <p id="session-why">
            The page is hidden now. Nothing that you entered on it is lost: sign in again with the
            same account, then come back to this tab.
          </p>
          <a
            className="button button-primary"
            href={`/auth/sign-in?returnTo=${encodeURIComponent(location.pathname + location.search)}`}
            target="_blank"
            rel="noopener"
          >
            Sign in again <span className="visually-hidden">(in a new tab)</span>
          </a>
          <hr />
          <p className="soft">If you leave, what you entered is lost.</p>
          <button type="button" className="button" onClick={() => location.replace('/')}>
            Leave this page
          </button>
        </div>
      )}
    </dialog>
  );
}
