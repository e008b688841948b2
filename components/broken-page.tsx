import { supportLink } from '@/lib/site';

/** What both error boundaries receive: anything may be thrown, so nothing is known of `error`. */
export type BrokenPageProps = { error: unknown; retry: () => void };

/** A page that could not be shown. The digest is the only detail: it finds the line in the log. */
export function BrokenPage({ error, retry }: BrokenPageProps) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined;
  return (
    <div className="panel notice stack">
      <h1>Something went wrong</h1>
      <p>We could not show this page. You can try again, or go back to the start page.</p>
      <div className="actions">
        <button type="button" className="button button-primary" onClick={retry}>
          Try again
        </button>
        <a className="button" href="/">
          Start page
        </a>
      </div>
      <p className="soft">
        If it keeps happening, <a href={supportLink(digest)}>ask for help</a>
        {digest && (
          <>
            {' '}
            and give this number: <code>{digest}</code>
          </>
        )}
        .
      </p>
    </div>
  );
}
