import type { Metadata } from 'next';
import { Said } from '@/components/said';
import { StartButton } from '@/components/start-button';
import { currentSession } from '@/lib/auth';
import { currentWords } from '@/lib/current-words';
import { homeOf, site } from '@/lib/site';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).forbidden.title, robots: { index: false } };
}

/** What `forbidden()` shows in the place of a page: somebody is signed in, and may not open it. */
export default async function Forbidden() {
  const session = await currentSession();
  const { forbidden, buttons } = await currentWords();
  const { email } = site.support;
  return (
    <div className="panel notice stack">
      <h1>{forbidden.heading}</h1>
      <p>{forbidden.text}</p>
      <p>
        <Said text={forbidden.todo} gaps={{ email: <a href={`mailto:${email}`}>{email}</a> }} />
      </p>
      <div className="actions">
        {/* Roles are those of the last sign-in. Which page it was is not known here. */}
        <StartButton returnTo="/">{buttons.signInAgain}</StartButton>
        <a className="button" href={session ? homeOf(session.identity.tenantId) : '/'}>
          {buttons.goBack}
        </a>
      </div>
    </div>
  );
}
