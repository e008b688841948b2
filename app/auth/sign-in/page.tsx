import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInButton } from '@/components/sign-in-button';
import { currentSession } from '@/lib/auth';
import { currentWords } from '@/lib/current-words';
import { parseReturnTo } from '@/lib/return-to';
import { homeOf } from '@/lib/site';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).signIn.title, robots: { index: false } };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Where the gate sends people who are not signed in. Does not start anything by itself. */
export default async function SignInPage({ searchParams }: Props) {
  const wanted = parseReturnTo((await searchParams).returnTo);
  const session = await currentSession();
  if (session) redirect(wanted === '/' ? homeOf(session.identity.tenantId) : wanted);
  const { signIn } = await currentWords();
  return (
    <div className="panel notice stack">
      <h1>{signIn.heading}</h1>
      {/* The path itself is never shown: whoever made the link chose it. */}
      <p>{wanted === '/' ? signIn.toApp : signIn.toPage}</p>
      <SignInButton returnTo={wanted} />
    </div>
  );
}
