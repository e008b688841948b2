'use client'; // Next demands it of error boundaries

import { BrokenPage, type BrokenPageProps } from '@/components/broken-page';
import { wordsWithoutLayout } from '@/lib/broken-words';
import { site } from '@/lib/site';
import './globals.css';

/** The frame itself broke, so this brings its own. It speaks English, and says so: whatever chooses a
 * language may be what broke. */
export default function GlobalErrorBoundary(props: BrokenPageProps) {
  return (
    <html lang="en">
      <body>
        <title>{`${wordsWithoutLayout.title} · ${site.name}`}</title>
        <main>
          <BrokenPage {...props} words={wordsWithoutLayout} />
        </main>
      </body>
    </html>
  );
}
