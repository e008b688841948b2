import type { Metadata } from 'next';
import { Refusal, refusalText } from '@/components/refusal';
import { currentNotice } from '@/lib/auth';

const fallback = 'unknown';

export async function generateMetadata(): Promise<Metadata> {
  return { title: refusalText(await currentNotice(), fallback).title, robots: { index: false } };
}

/** A sign-in that failed for any other reason. */
export default async function ErrorPage() {
  return <Refusal notice={await currentNotice()} fallback={fallback} />;
}
