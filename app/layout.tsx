import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import styles from '@/components/shell.module.css';
import { SiteHeader } from '@/components/site-header';
import { currentSession } from '@/lib/auth';
import type { BrokenWords } from '@/lib/broken-words';
import { currentLanguage } from '@/lib/current-words';
import { getProduct } from '@/lib/product';
import { site } from '@/lib/site';
import { supportLink } from '@/lib/support-mail';
import './globals.css';

export async function generateMetadata(): Promise<Metadata> {
  const { brand } = await currentLanguage();
  return {
    title: { template: `%s · ${site.name}`, default: `${site.name}: ${brand.tagline}` },
    description: brand.description,
    applicationName: site.name,
    referrer: 'same-origin',
    // Phones would turn incident numbers and ids into telephone links.
    formatDetection: { telephone: false, email: false, address: false, date: false },
  };
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: site.browserBar.light },
    { media: '(prefers-color-scheme: dark)', color: site.browserBar.dark },
  ],
};

/** The frame of every page. */
export default async function Layout({ children }: { children: ReactNode }) {
  // The script nonce differs with every response, so no page may be made at build time.
  await connection();
  const { demo } = getProduct().config;
  const session = await currentSession();
  const { tag, words, brand } = await currentLanguage();
  const { frame, mail } = words;
  const { help, helpWithNumber } = mail;
  const toBrowser: BrokenWords = { ...words.broken, mail: { help, helpWithNumber } };
  return (
    <html lang={tag}>
      <body>
        <a className={`visually-hidden ${styles.skip}`} href="#main">
          {frame.skip}
        </a>
        {demo && (
          <aside className={styles.demo} aria-label={frame.demo.about}>
            <p className={styles.bar}>
              <span>
                <strong>{frame.demo.title}</strong> {frame.demo.text}
              </span>
              {process.env.NODE_ENV === 'development' && <a href="/setup">{frame.demo.leave}</a>}
            </p>
          </aside>
        )}
        <SiteHeader session={session} label={frame.account} />
        {/* Where app/error.tsx looks for its words: browsers hold no others. */}
        <main id="main" className={styles.main} data-broken={JSON.stringify(toBrowser)}>
          {children}
        </main>
        <footer className={styles.footer}>
          <div className={styles.bar}>
            <span>
              {site.name}. {brand.tagline}.
            </span>
            <a href={supportLink(mail)}>{frame.help}</a>
          </div>
        </footer>
      </body>
    </html>
  );
}
