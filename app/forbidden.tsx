import type { Metadata } from 'next';
import { StartButton } from '@/components/start-button';
import { currentSession } from '@/lib/auth';
import { homeOf, site } from '@/lib/site';

export const metadata: Metadata = { title: 'Not open to you', robots: { index: false } };

/** What `forbidden()` shows in the place of a page: somebody is signed in, and may not open it. */
export default async function Forbidden() {
  const session = await currentSession();
  return (
    <div className="panel notice stack">
      <h1>Your account cannot open this page</h1>
      <p>You are signed in, but this page is not open to your account, or not at the moment.</p>
      <p>
        If you were given access just now, sign in again. If not, reload the page to try again. If
        you need it for your work, ask {site.support.name}:{' '}
        <a href={`mailto:${site.support.email}`}>{site.support.email}</a>
      </p>
      <div className="actions">
        {/* Roles are those of the last sign-in. Which page it was is not known here. */}
        <StartButton returnTo="/">Sign in again</StartButton>
        <a className="button" href={session ? homeOf(session.identity.tenantId) : '/'}>
          Go back
        </a>
      </div>
    </div>
  );
}
