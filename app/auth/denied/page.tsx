import type { Metadata } from 'next';
import { Refusal, refusalText } from '@/components/refusal';
import { currentNotice } from '@/lib/auth';
import { currentWords } from '@/lib/current-words';

const fallback = 'tenant_not_allowed';

export async function generateMetadata(): Promise<Metadata> {
  const { title } = refusalText(await currentNotice(), fallback, await currentWords());
  return { title, robots: { index: false } };
}

/** Refused because of the account's organisation. */
export default async function DeniedPage() {
  return <Refusal notice={await currentNotice()} fallback={fallback} />;
}
