import { currentSession } from '@/lib/auth';
import { currentWords } from '@/lib/current-words';
import { personMark } from '@/lib/identity';
import { getProduct } from '@/lib/product';
import { timeLeft } from '@/lib/time-left';
import { SessionWatch } from './session-watch';

/** Watches the session of whoever is signed in, in their browser. Not in the layout of every page:
 * what a layout names is loaded wherever it is, and the sign-in page is to load nothing. It must be
 * a child of <main>, all else of which is hidden when the session has ended. */
export async function WatchedSession() {
  const session = await currentSession();
  if (!session) return null;
  const { config, nowSeconds } = getProduct();
  const { locale, session: said } = await currentWords();
  return (
    <SessionWatch
      words={{ ...said, locale }}
      person={await personMark(session.identity)}
      idleSeconds={config.sessionIdleSeconds}
      {...timeLeft(session, nowSeconds(), config)}
    />
  );
}
