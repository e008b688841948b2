import type { Metadata } from 'next';
import { site } from '@/lib/site';

export const metadata: Metadata = { title: 'Page not found', robots: { index: false } };

/** What an address without a page shows. */
export default function NotFound() {
  return (
    <div className="panel notice stack">
      <h1>Page not found</h1>
      <p>
        If you typed the address, check it. If you followed a link, the page may have been moved or
        removed.
      </p>
      <a className="button button-primary" href="/">
        Go to the start page of {site.name}
      </a>
    </div>
  );
}
