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
    document.addEventListener('visibilitychange', look);
    for (const event of ['focus', 'pageshow', 'popstate']) addEventListener(event, look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      for (const event of ['focus', 'pageshow', 'popstate']) removeEventListener(event, look);
    };
  }, []);
  return null;
}
