import type { BrokenWords } from '@/lib/broken-words';
import { supportLink } from '@/lib/support-mail';
import { Said } from './said';

/** What both error boundaries receive: anything may be thrown, so nothing is known of `error`. */
export type BrokenPageProps = { error: unknown; retry: () => void };

/** A page that could not be shown. The digest is the only detail: it finds the line in the log. */
export function BrokenPage({ error, retry, words }: BrokenPageProps & { words: BrokenWords }) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined;
  return (
    <div className="panel notice stack">
      <h1>{words.title}</h1>
      <p>{words.text}</p>
      <div className="actions">
        <button type="button" className="button button-primary" onClick={retry}>
          {words.again}
        </button>
        <a className="button" href="/">
          {words.start}
        </a>
      </div>
      <p className="soft">
        <Said
          text={digest ? words.helpWithNumber : words.help}
          gaps={{
            ask: <a href={supportLink(words.mail, digest)}>{words.ask}</a>,
            number: <code>{digest}</code>,
          }}
        />
      </p>
    </div>
  );
}
