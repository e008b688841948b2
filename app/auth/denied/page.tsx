import type { Metadata } from 'next';
import { Refusal, refusalText } from '@/components/refusal';
import { currentNotice } from '@/lib/auth';

const fallback = 'tenant_not_allowed';

export async function generateMetadata(): Promise<Metadata> {
  return { title: refusalText(await currentNotice(), fallback).title, robots: { index: false } };
}

/** Refused because of the account's organisation. */
export default async function DeniedPage() {
  return <Refusal notice={await currentNotice()} fallback={fallback} />;
}
