import { expect, test } from '@playwright/test';
import { coveredRoutes } from '../../scripts/covered-routes';
import { inventBuild, removeBuilds } from './invented-build';

test.afterAll(removeBuilds);

test('a sentence names the file and the line to add', () => {
  const folder = inventBuild({
    app: {
      '/(shop)/plans/page': '/plans',
      '/api/plans/route': '/api/plans',
      '/sitemap.xml/route': '/sitemap.xml',
      '/docs/[id]/page': '/docs/[id]',
    },
    made: { '/sitemap.xml': '/sitemap.xml' },
    files: [
      ...['app/(shop)/plans/page.tsx', 'app/api/plans/route.ts', 'app/sitemap.ts'],
      ...['app/docs/[id]/page.tsx', 'public/logo.png'],
    ],
  });
  const { problems } = coveredRoutes(folder, {});
  expect(problems[0]?.says).toBe(
    "app/(shop)/plans/page.tsx is at /plans, which has no policy. Add to lib/access.ts:  '/plans': 'signed-in',",
  );
  for (const [file, line] of [
    ['app/api/plans/route.ts', "'/api/plans': 'signed-in',"],
    ['app/sitemap.ts', "'/sitemap.xml': 'public',"],
    ['app/docs/[id]/page.tsx', "'/docs/*': 'signed-in',"],
    ['public/logo.png', "'/logo.png': 'public',"],
  ] as const) {
    expect(problems.find(({ says }) => says.startsWith(`${file} `))?.says).toContain(line);
  }
});

test('a Server Action is named with its file, and with the line where there is one route to close', () => {
  const app = { '/open/page': '/open', '/help/page': '/help' };
  const table = { '/open': 'public', '/help': 'public' } as const;
  const action = { filename: 'app/pay.ts', exportedName: 'pay' };
  const says = (...workers: string[]) =>
    coveredRoutes(inventBuild({ app, actions: [{ ...action, workers }] }), table).problems.map(
      (problem) => problem.says,
    );
  const [one, ...others] = says('app/open/page');
  expect(one).toMatch(/pay in app\/pay\.ts .*\/open.* {2}'\/open': 'signed-in',$/);
  expect(others).toEqual([]);
  const [both, ...rest] = says('app/open/page', 'app/help/page');
  expect(both).toMatch(/pay in app\/pay\.ts .*\/open, \/help.*closed\.$/);
  expect(rest).toEqual([]);
});
