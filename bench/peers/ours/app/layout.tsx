import { connection } from 'next/server';
import type { ReactNode } from 'react';

export const metadata = { title: 'Bench' };

export default async function Layout({ children }: { children: ReactNode }) {
  await connection(); // as the project's own: its pages are never made at build time
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
