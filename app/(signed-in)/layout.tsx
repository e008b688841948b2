import type { ReactNode } from 'react';
import { WatchedSession } from '@/components/watched-session';

/** Around every page that asks for a session: people are told before theirs ends, and the page is
 * taken away when it has. The folder's name is in no address. */
export default function SignedInLayout({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <WatchedSession />
    </>
  );
}
