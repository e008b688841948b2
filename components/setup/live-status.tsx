'use client';

import { useEffect, useState } from 'react';

/** Longer than the server takes to read its settings again on a slow machine. */
const patienceSeconds = 20;

/** Waits until the running server has picked up what was saved, then shows the page anew. */
export function LiveStatus() {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const startedAt = Date.now();
    const timer = setInterval(async () => {
      const answer = await fetch('/setup/status', { cache: 'no-store' }).catch(() => undefined);
      const { pickedUp } = answer?.ok ? await answer.json() : { pickedUp: false };
      if (pickedUp) location.reload();
      setLate(Date.now() - startedAt > patienceSeconds * 1000);
    }, 500);
    return () => clearInterval(timer);
  }, []);
  return (
    <p role="status">
      {isLate
        ? 'The server has not picked it up. Stop npm run dev in the terminal and start it again.'
        : 'The server is reading the new settings. This page goes on by itself.'}
    </p>
  );
}
