import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInButton } from '@/components/sign-in-button';
import { currentSession } from '@/lib/auth';
import { parseReturnTo } from '@/lib/return-to';
import { homeOf, site } from '@/lib/site';

export const metadata: Metadata = { title: 'Sign in', robots: { index: false } };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Where the gate sends people who are not signed in. Does not start anything by itself. */
export default async function SignInPage({ searchParams }: Props) {
  const wanted = parseReturnTo((await searchParams).returnTo);
  const session = await currentSession();
  if (session) redirect(wanted === '/' ? homeOf(session.identity.tenantId) : wanted);
  return (
    <div className="panel notice stack">
      <h1>Sign in to continue</h1>
      {/* The path itself is never shown: whoever made the link chose it. */}
      <p>
        {wanted === '/'
          ? `${site.name} is open to people of certain organisations. Use the account that you have there.`
          : 'The page that you asked for is for people who are signed in. You will go straight on to it.'}
      </p>
      <SignInButton returnTo={wanted} />
    </div>
  );
}
