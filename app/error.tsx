'use client'; // Next demands it of error boundaries

import { BrokenPage, type BrokenPageProps } from '@/components/broken-page';

/** A page broke; the frame around it still stands. */
export default function ErrorBoundary(props: BrokenPageProps) {
  return <BrokenPage {...props} />;
}
