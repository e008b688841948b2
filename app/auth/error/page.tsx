import type { Metadata } from 'next';
import { Refusal, refusalText } from '@/components/refusal';
import { currentNotice } from '@/lib/auth';
import { currentWords } from '@/lib/current-words';

type Props = { searchParams: Promise<{ cookies?: string | string[] }> };

/** What is said without a notice: `?cookies=none` is where a browser lands that sent no cookie. */
async function fallbackOf({ searchParams }: Props) {
  return (await searchParams).cookies === 'none' ? 'cookies_blocked' : 'unknown';
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const fallback = await fallbackOf(props);
  const { title } = refusalText(await currentNotice(), fallback, await currentWords());
  return { title, robots: { index: false } };
}

/** A sign-in that failed for any reason but the organisation. */
export default async function ErrorPage(props: Props) {
  return <Refusal notice={await currentNotice()} fallback={await fallbackOf(props)} />;
}
