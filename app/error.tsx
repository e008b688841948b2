'use client'; // Next demands it of error boundaries

import { useLayoutEffect, useState } from 'react';
import { BrokenPage, type BrokenPageProps } from '@/components/broken-page';
import { type BrokenWords, wordsWithoutLayout } from '@/lib/broken-words';

/** A page broke; the frame around it still stands, and holds the words for this one. */
export default function ErrorBoundary(props: BrokenPageProps) {
  const [words, setWords] = useState<BrokenWords>();
  useLayoutEffect(() => {
    const said = document.getElementById('main')?.dataset.broken;
    setWords(said ? JSON.parse(said) : wordsWithoutLayout);
  }, []);
  return words && <BrokenPage {...props} words={words} />;
}
