import type { Metadata } from 'next';
import { currentWords } from '@/lib/current-words';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).notFound.title, robots: { index: false } };
}

/** What an address without a page shows. */
export default async function NotFound() {
  const { title, text, home } = (await currentWords()).notFound;
  return (
    <div className="panel notice stack">
      <h1>{title}</h1>
      <p>{text}</p>
      <a className="button button-primary" href="/">
        {home}
      </a>
    </div>
  );
}
