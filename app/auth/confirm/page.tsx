import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { StartButton } from '@/components/start-button';
import { currentSession } from '@/lib/auth';
import { parseReturnTo, signInPath } from '@/lib/return-to';

export const metadata: Metadata = { title: 'Confirm that it is you', robots: { index: false } };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Where people are sent whose sign-in is too old, or too weak, for what they want to do. */
export default async function ConfirmPage({ searchParams }: Props) {
  const { returnTo: wanted, form, recent } = await searchParams;
  const returnTo = parseReturnTo(wanted);
  const session = await currentSession();
  if (!session) redirect(signInPath(returnTo));
  return (
    <div className="panel notice stack">
      <h1>Confirm that it is you</h1>
      <p>
        What you want to do is protected. You are signed in as <bdi>{session.identity.name}</bdi>,
        and Microsoft may ask you to sign in once more, or to show in another way that it is you.
        You will then come back to the same page.
      </p>
      {form === 'lost' && (
        <p>
          <strong>What you entered could not be kept in full.</strong> If you still need it, go back
          first and copy it.
        </p>
      )}
      <StartButton returnTo={returnTo} primary confirm={recent === 'yes' ? 'recent' : 'policy'}>
        Continue with Microsoft
      </StartButton>
    </div>
  );
}
