import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Said } from '@/components/said';
import { StartButton } from '@/components/start-button';
import { currentSession } from '@/lib/auth';
import { currentWords } from '@/lib/current-words';
import { parseReturnTo, signInPath } from '@/lib/return-to';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await currentWords()).confirm.title, robots: { index: false } };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Where people are sent whose sign-in is too old, or too weak, for what they want to do. */
export default async function ConfirmPage({ searchParams }: Props) {
  const { returnTo: wanted, form, recent } = await searchParams;
  const returnTo = parseReturnTo(wanted);
  const session = await currentSession();
  if (!session) redirect(signInPath(returnTo));
  const { confirm } = await currentWords();
  return (
    <div className="panel notice stack">
      <h1>{confirm.title}</h1>
      <p>
        <Said text={confirm.text} gaps={{ name: <bdi>{session.identity.name}</bdi> }} />
      </p>
      {form === 'lost' && (
        <p>
          <strong>{confirm.lost}</strong> {confirm.lostTodo}
        </p>
      )}
      <StartButton returnTo={returnTo} primary confirm={recent === 'yes' ? 'recent' : 'policy'}>
        {confirm.go}
      </StartButton>
    </div>
  );
}
