import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import styles from '@/components/shell.module.css';
import { SiteHeader } from '@/components/site-header';
import { currentSession } from '@/lib/auth';
import { getProduct } from '@/lib/product';
import { site, supportLink } from '@/lib/site';
import './globals.css';

export const metadata: Metadata = {
  title: { template: `%s · ${site.name}`, default: `${site.name}: ${site.tagline}` },
  description: site.description,
  applicationName: site.name,
  referrer: 'same-origin',
  // Phones would turn incident numbers and ids into telephone links.
  formatDetection: { telephone: false, email: false, address: false, date: false },
};

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#151e1d' },
  ],
};

/** The frame of every page. */
export default async function Layout({ children }: { children: ReactNode }) {
  // The script nonce differs with every response, so no page may be made at build time.
  await connection();
  const { demo } = getProduct().config;
  const session = await currentSession();
  return (
    <html lang="en">
      <body>
        <a className={`visually-hidden ${styles.skip}`} href="#main">
          Skip to main content
        </a>
        {demo && (
          <aside className={styles.demo} aria-label="About this demo">
            <p className={styles.bar}>
              <span>
                <strong>Demo: no real accounts.</strong> Sign-in runs against a stand-in on this
                computer. Nothing reaches Microsoft.
              </span>
              {process.env.NODE_ENV === 'development' && <a href="/setup">Use real accounts</a>}
            </p>
          </aside>
        )}
        <SiteHeader session={session} />
        <main id="main" className={styles.main}>
          {children}
        </main>
        <footer className={styles.footer}>
          <div className={styles.bar}>
            <span>
              {site.name}. {site.tagline}.
            </span>
            <a href={supportLink()}>Get help</a>
          </div>
        </footer>
      </body>
    </html>
  );
}
