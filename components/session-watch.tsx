'use client';

import { useEffect } from 'react';

/** Replaces a page whose session has ended in another tab, as soon as somebody looks at it again:
 * no server is asked when the Back button or the browser shows a page that it kept. The server
 * gives nothing away without this; it is for who sits at the screen next. */
export function SessionWatch() {
  useEffect(() => {
    const look = async () => {
      if (document.visibilityState === 'hidden') return;
      const answer = await fetch('/api/me', { cache: 'no-store' }).catch(() => undefined);
      if (answer?.status === 401) location.reload();
    };
    // A page that was just loaded comes from the server, and needs no second question.
    const lookAtKept = ({ persisted }: PageTransitionEvent) => {
      if (persisted) void look();
    };
    document.addEventListener('visibilitychange', look);
    addEventListener('pageshow', lookAtKept);
    for (const event of ['focus', 'popstate']) addEventListener(event, look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      removeEventListener('pageshow', lookAtKept);
      for (const event of ['focus', 'popstate']) removeEventListener(event, look);
    };
  }, []);
  return null;
}
