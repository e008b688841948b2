import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { AppServer } from '../app-server';
import type { Robot } from '../attack/robot';

/** A fork with every wish in it: who looks, and what is served. */
export type WishedFork = { folder: string; app: AppServer; ada: Robot; stranger: Robot };

/** One row of the first table of docs/make-it-yours.md: the file that it names, what is changed there,
 * and how one sees it. `text` is a file that was not there. */
export type Wish = {
  wish: string;
  file: string;
  edits?: readonly (readonly [find: string, replace: string])[];
  text?: string | ((folder: string) => string);
  isSeen(fork: WishedFork): Promise<void>;
};

const pageOf = async (visitor: Robot, path: string, headers = {}) =>
  (await visitor.open(path, { headers })).text();

/** The style sheets of a page, in one text. */
async function stylesOf({ stranger }: WishedFork): Promise<string> {
  const sheets = (await pageOf(stranger, '/')).matchAll(/href="([^"]+\.css[^"]*)"/g);
  const texts = [...sheets].map(async ([, path = '']) => pageOf(stranger, path));
  return (await Promise.all(texts)).join('\n');
}

const shows =
  (path: string, word: string, who: 'ada' | 'stranger' = 'stranger') =>
  async (fork: WishedFork) =>
    expect(await pageOf(fork[who], path)).toContain(word);

const contoso = "'3f8e5c1a-92b7-4d06-a1c4-7e5d0b9f2a61'";

/** In the order of the document. Several may be about one file. */
export const wishes: readonly Wish[] = [
  {
    wish: 'the name',
    file: 'lib/site.ts',
    edits: [["name: 'Northlight'", "name: 'Larchwood'"]],
    isSeen: shows('/', '<title>Larchwood: '),
  },
  {
    wish: 'the tagline and the description, by language',
    file: 'lib/site.ts',
    edits: [['A quiet place for your team’s work', 'Trees, by subscription']],
    isSeen: shows('/', '>Trees, by subscription</h1>'),
  },
  {
    wish: 'whom people ask for help',
    file: 'lib/site.ts',
    edits: [['support@example.com', 'desk@larchwood.example']],
    isSeen: shows('/', 'href="mailto:desk@larchwood.example'),
  },
  {
    wish: 'where people land who came for no certain page',
    file: 'lib/site.ts',
    edits: [["homePath: '/account'", "homePath: '/reports'"]],
    isSeen: shows('/', 'href="/reports"', 'ada'),
  },
  {
    wish: 'colours, type, spacing',
    file: 'app/globals.css',
    edits: [['--accent: #0b5d56;', '--accent: #5c1f7a;']],
    isSeen: async (fork) => expect(await stylesOf(fork)).toContain('#5c1f7a'),
  },
  {
    wish: 'the icon',
    file: 'app/icon.svg',
    text: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>Larch</title><path id="larch" d="M0 0h1"/></svg>\n',
    isSeen: shows('/icon.svg', 'id="larch"'),
  },
  {
    wish: 'the mark beside the name',
    file: 'components/brand-mark.tsx',
    text: `/** A larch. */
export const BrandMark = () => (
  <svg width="24" height="24" aria-hidden="true" focusable="false">
    <path d="M12 1 4 23h16z" fill="currentColor" />
  </svg>
);
`,
    isSeen: shows('/', 'd="M12 1 4 23h16z"'),
  },
  {
    wish: 'the start page',
    file: 'app/page.tsx',
    edits: [['        <StarTrails />\n', '$&        <p lang="en">Planted on Mondays.</p>\n']],
    isSeen: shows('/', '<p lang="en">Planted on Mondays.</p>'),
  },
  {
    wish: 'the top of every page',
    file: 'components/site-header.tsx',
    edits: [
      [
        '        {name && (\n',
        '        <a href="/about" lang="en">\n          Our forest\n        </a>\n        {name && (\n',
      ],
    ],
    isSeen: shows('/auth/signed-out', '<a href="/about" lang="en">Our forest</a>'),
  },
  {
    wish: 'the foot of every page',
    file: 'app/layout.tsx',
    edits: [
      [
        '            <a href={supportLink(mail)}>',
        '            <a href="/about" lang="en">\n              Imprint\n            </a>\n$&',
      ],
    ],
    isSeen: shows('/auth/signed-out', '<a href="/about" lang="en">Imprint</a>'),
  },
  {
    wish: 'a sentence that visitors read',
    file: 'lib/words/en.ts',
    edits: [["heading: 'Sign in to continue'", "heading: 'Sign in to go on'"]],
    isSeen: shows('/auth/sign-in', '>Sign in to go on</h1>'),
  },
  {
    wish: 'one language more',
    file: 'lib/words/nl.ts',
    // Complete, and in no words of the English: as a translation is.
    text: (folder) =>
      readFileSync(join(folder, 'lib/words/de.ts'), 'utf8')
        .replace("locale: 'de-DE'", "locale: 'nl-NL'")
        .replace('Melden Sie sich an, um fortzufahren', 'Aanmelden om door te gaan'),
    isSeen: async ({ stranger }) => {
      const html = await pageOf(stranger, '/auth/sign-in', {
        'accept-language': 'nl-BE, de;q=0.5',
      });
      expect(html).toContain('<html lang="nl"');
      expect(html).toContain('>Aanmelden om door te gaan</h1>');
    },
  },
  {
    wish: 'the name of an organisation, and its rules',
    file: 'lib/access.ts',
    edits: [[`${contoso}: { label: 'Contoso',`, `${contoso}: { label: 'Contoso Woods',`]],
    isSeen: shows('/account', 'Contoso Woods', 'ada'),
  },
  {
    wish: 'a role',
    file: 'lib/access.ts',
    edits: [["  Admin: 'Sees", "  Forester: 'Reads the reports as data.',\n  Admin: 'Sees"]],
    // The line of the route below names it, and the start would refuse a role that there is not.
    isSeen: async ({ ada }) => expect((await ada.open('/api/reports')).status).toBe(403),
  },
  {
    wish: 'who may open which page',
    file: 'lib/access.ts',
    edits: [
      [
        "  '/account': 'signed-in',\n",
        "$&  '/reports': 'signed-in',\n  '/api/reports': { role: 'Forester' },\n  '/about': 'public',\n",
      ],
    ],
    isSeen: async ({ stranger }) => {
      const answer = await stranger.open('/reports', { headers: { 'sec-fetch-dest': 'document' } });
      expect(answer.headers.get('location')).toContain('/auth/sign-in?returnTo=%2Freports');
      expect((await stranger.open('/api/reports')).status).toBe(401);
    },
  },
  {
    wish: 'a protected page',
    file: 'app/(signed-in)/reports/page.tsx',
    text: `import { requireIdentity } from '@/lib/auth';

export default async function ReportsPage() {
  const { name } = await requireIdentity('/reports');
  return <h1 lang="en">Reports for {name}</h1>;
}
`,
    isSeen: shows('/reports', 'Ada Berg</h1>', 'ada'),
  },
  {
    wish: 'a protected route handler',
    file: 'app/api/reports/route.ts',
    text: `import { requireIdentity } from '@/lib/auth';

export async function GET(request: Request): Promise<Response> {
  await requireIdentity(request);
  return Response.json({ reports: [] });
}
`,
    isSeen: async ({ stranger }) => expect((await stranger.open('/api/reports')).status).toBe(401),
  },
  {
    wish: 'a public page',
    file: 'app/about/page.tsx',
    text: 'export default function AboutPage() {\n  return <h1 lang="en">About our larches</h1>;\n}\n',
    isSeen: shows('/about', '<h1 lang="en">About our larches</h1>'),
  },
  {
    wish: 'what people see of their account',
    file: 'app/(signed-in)/account/page.tsx',
    edits: [
      [
        '        <h1>{account.title}</h1>\n',
        '$&        <p lang="en">We keep nothing else about you.</p>\n',
      ],
    ],
    isSeen: shows('/account', '<p lang="en">We keep nothing else about you.</p>', 'ada'),
  },
  {
    wish: 'what `/api/me` answers',
    file: 'app/api/me/route.ts',
    edits: [['{ tenantId, objectId, name },', "{ tenantId, objectId, name, app: 'larchwood' },"]],
    isSeen: async ({ ada }) => expect(await ada.me()).toMatchObject({ app: 'larchwood' }),
  },
  {
    wish: 'headers of every response',
    file: 'lib/security-headers.mjs',
    edits: [['camera=()', 'camera=(self)']],
    isSeen: async ({ stranger }) =>
      expect((await stranger.open('/')).headers.get('permissions-policy')).toContain(
        'camera=(self)',
      ),
  },
  {
    wish: 'where pictures, fonts and scripts may come from',
    file: 'lib/csp.ts',
    edits: [[`"img-src 'self' data:"`, `"img-src 'self' data: https://img.larchwood.example"`]],
    isSeen: async ({ stranger }) =>
      expect((await stranger.open('/')).headers.get('content-security-policy')).toContain(
        "img-src 'self' data: https://img.larchwood.example;",
      ),
  },
  {
    wish: 'how many requests a client may make',
    file: 'lib/rate-limit.ts',
    edits: [['const mostRequests = 300;', 'const mostRequests = 240;']],
    isSeen: async ({ stranger }) => {
      const statuses: number[] = [];
      while (statuses.length < 241) {
        statuses.push((await stranger.fetch('/csp-report', { method: 'POST' })).status);
      }
      expect(statuses.slice(0, 240)).not.toContain(429);
      expect(statuses[240]).toBe(429);
    },
  },
  {
    wish: 'what is logged',
    file: 'lib/audit.ts',
    edits: [['...event }));', "...event, app: 'larchwood' }));"]],
    isSeen: async ({ app }) =>
      expect(app.events('sign_in')).toEqual([expect.objectContaining({ app: 'larchwood' })]),
  },
];
