import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInButton } from '@/components/sign-in-button';
import { SignOutButton } from '@/components/sign-out-button';
import { SignedOutSignal } from '@/components/signed-out-signal';
import { currentSession } from '@/lib/auth';
import { currentWords } from '@/lib/current-words';
import { homeOf } from '@/lib/site';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).signedOut.title, robots: { index: false } };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The end of every sign-out, here or at Microsoft. */
export default async function SignedOutPage({ searchParams }: Props) {
  const session = await currentSession();
  if (session) redirect(homeOf(session.identity.tenantId)); // signed in again since: an old tab
  const { microsoft, everywhere } = await searchParams;
  const unreachable = microsoft === 'unreachable';
  const { signedOut } = await currentWords();
  return (
    <div className="panel notice stack">
      <SignedOutSignal />
      <h1>{signedOut.title}</h1>
      {everywhere === 'yes' && <p>{signedOut.everywhere}</p>}
      {everywhere === 'later' && <p>{signedOut.everywhereLater}</p>}
      <p>{unreachable ? signedOut.unreachable : signedOut.shared}</p>
      <SignOutButton scope="microsoft">
        {unreachable ? signedOut.tryAgain : signedOut.signOut}
      </SignOutButton>
      <hr />
      <SignInButton returnTo="/" />
    </div>
  );
}
