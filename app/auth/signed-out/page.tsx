import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInButton } from '@/components/sign-in-button';
import { SignOutButton } from '@/components/sign-out-button';
import { SignedOutSignal } from '@/components/signed-out-signal';
import { currentSession } from '@/lib/auth';
import { homeOf, site } from '@/lib/site';

export const metadata: Metadata = { title: 'You are signed out', robots: { index: false } };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The end of every sign-out, here or at Microsoft. */
export default async function SignedOutPage({ searchParams }: Props) {
  const session = await currentSession();
  if (session) redirect(homeOf(session.identity.tenantId)); // signed in again since: an old tab
  const { microsoft, everywhere } = await searchParams;
  const unreachable = microsoft === 'unreachable';
  return (
    <div className="panel notice stack">
      <SignedOutSignal />
      <h1>You are signed out</h1>
      {everywhere === 'yes' && <p>You are signed out of {site.name} on all your devices.</p>}
      {everywhere === 'later' && (
        <p>
          This device is signed out of {site.name}. Your other devices follow as soon as we can
          reach all parts of {site.name} again. There is nothing more that you have to do.
        </p>
      )}
      {unreachable ? (
        <p>
          We signed you out of {site.name}, but could not reach Microsoft. You may still be signed
          in there. If other people use this computer, close all browser windows now.
        </p>
      ) : (
        <p>
          If other people use this computer, make sure that you are signed out of Microsoft too.
        </p>
      )}
      <SignOutButton scope="microsoft">
        {unreachable ? 'Try Microsoft again' : 'Sign out of Microsoft'}
      </SignOutButton>
      <hr />
      <SignInButton returnTo="/" />
    </div>
  );
}
