'use client'; // Next demands it of error boundaries

import { BrokenPage, type BrokenPageProps } from '@/components/broken-page';
import { site } from '@/lib/site';
import './globals.css';

/** The frame itself broke, so this brings its own. */
export default function GlobalErrorBoundary(props: BrokenPageProps) {
  return (
    <html lang="en">
      <body>
        <title>{`Something went wrong · ${site.name}`}</title>
        <main>
          <BrokenPage {...props} />
        </main>
      </body>
    </html>
  );
}
