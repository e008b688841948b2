import { expect, test } from '@playwright/test';
import type { RoutePolicies } from '../../lib/route-policy';
import { coveredRoutes } from '../../scripts/covered-routes';
import { type Invented, inventBuild, removeBuilds } from './invented-build';

test.afterAll(removeBuilds);

const everything = [{ regexp: '^/.*$' }];
const form = { filename: 'app/account/page.tsx', exportedName: '$$RSC_SERVER_ACTION_0' };
const account = { '/account/page': '/account' };

const rows: [what: string, build: Invented, table: RoutePolicies, problems: string[]][] = [
  ['a page with a line is covered', { app: account }, { '/account': 'signed-in' }, []],
  ['a page without a line', { app: account }, {}, ['no_policy /account']],
  ['a handler without a line', { app: { '/api/x/route': '/api/x' } }, {}, ['no_policy /api/x']],
  [
    'a page of the old router without a line',
    { pages: { '/old': 'pages/old.js', '/_app': 'pages/_app.js' } },
    {},
    ['no_policy /old'],
  ],
  [
    'a metadata route without a line',
    { app: { '/robots.txt/route': '/robots.txt' }, made: { '/robots.txt': '/robots.txt' } },
    {},
    ['no_policy /robots.txt'],
  ],
  ['a public file without a line', { files: ['public/a b.txt'] }, {}, ['no_policy /a%20b.txt']],
  [
    'a rewrite without lines',
    { rewrites: [{ source: '/old/:path*', destination: '/account/:path*' }] },
    {},
    ['no_policy /old', 'no_policy /old/[...rest]'],
  ],
  [
    'a page whose name begins with an underscore',
    { app: { '/_under/page': '/_under' } },
    {},
    ['no_policy /_under'],
  ],
  [
    'an optional catch-all is two addresses',
    { app: { '/docs/[[...path]]/page': '/docs/[[...path]]' } },
    { '/docs/*': 'public' },
    ['no_policy /docs'],
  ],
  [
    'a page with a parameter has its line as a wildcard',
    { app: { '/docs/[id]/page': '/docs/[id]' } },
    { '/docs/*': 'public' },
    [],
  ],
  [
    'a page that is shown inside another one has its own address',
    {
      app: {
        '/feed/@modal/(..)photo/[id]/page': '/feed/(..)photo/[id]',
        '/a/b/(..)(..)c/page': '/a/b/(..)(..)c',
        '/a/(...)d/page': '/a/(...)d',
        '/a/(.)e/page': '/a/(.)e',
      },
      rewrites: [{ source: '/photo/:id', destination: '/feed/(..)photo/:id' }],
    },
    {},
    ['no_policy /photo/[id]', 'no_policy /c', 'no_policy /d', 'no_policy /a/e'],
  ],
  [
    'a wildcard that closes covers what is below it, and not what it hangs from',
    {
      app: {
        '/team/page': '/team',
        '/team/new/page': '/team/new',
        '/team/[id]/page': '/team/[id]',
      },
    },
    { '/team/*': 'signed-in' },
    ['no_policy /team'],
  ],
  [
    'a wildcard that opens covers no page',
    { app: { '/docs/[id]/page': '/docs/[id]', '/docs/plans/page': '/docs/plans' } },
    { '/docs/*': 'public' },
    ['no_policy /docs/plans'],
  ],
  [
    'a wildcard that says absent covers nothing',
    { app: { '/docs/plans/page': '/docs/plans' } },
    { '/docs/*': 'absent' },
    ['no_policy /docs/plans'],
  ],
  [
    'a wildcard that opens covers public files',
    { files: ['public/img/a.png', 'public/img/b/c.png'] },
    { '/img/*': 'public' },
    [],
  ],
  [
    'something is where nothing shall be',
    { app: { '/setup/page': '/setup' } },
    { '/setup': 'absent' },
    ['absent_but_there /setup'],
  ],
  [
    'a line for nothing',
    {},
    { '/gone': 'public', '/x/*': 'signed-in' },
    ['nothing_there /gone', 'nothing_there /x/*'],
  ],
  ['a line for what shall not be there', {}, { '/favicon.ico': 'absent' }, []],
  ['a line that is no path', {}, { account: 'signed-in' }, ['malformed_line account']],
  [
    'a closed public file',
    { files: ['public/a.txt'] },
    { '/a.txt': 'signed-in' },
    ['protected_file /a.txt'],
  ],
  [
    'a closed page that is made at build time',
    { app: account, made: { '/account': '/account' } },
    { '/account': 'signed-in' },
    ['made_at_build_time /account'],
  ],
  [
    'a closed page with a parameter of which some are made at build time',
    { app: { '/docs/[id]/page': '/docs/[id]' }, made: { '/docs/a': '/docs/[id]' } },
    { '/docs/*': 'signed-in' },
    ['made_at_build_time /docs/[id]'],
  ],
  [
    'a closed page of the old router that is a file',
    { pages: { '/old': 'pages/old.html' } },
    { '/old': 'signed-in' },
    ['made_at_build_time /old'],
  ],
  [
    'an action on a closed page',
    { app: account, actions: [{ ...form, workers: ['app/account/page'] }] },
    { '/account': 'signed-in' },
    [],
  ],
  [
    'an action on an open page',
    { app: account, actions: [{ ...form, workers: ['app/account/page'] }] },
    { '/account': 'public' },
    ['open_action /account'],
  ],
  [
    'an action on a page without a line is judged with the page',
    { app: account, actions: [{ ...form, workers: ['app/account/page'] }] },
    {},
    ['no_policy /account'],
  ],
  [
    'an action that a route handler brings into an open route',
    {
      app: { '/api/x/route': '/api/x' },
      actions: [{ workers: ['app/api/x/route'], filename: 'app/pay.ts', exportedName: 'pay' }],
    },
    { '/api/x': 'public' },
    ['open_action /api/x'],
  ],
  [
    'an action of a page that no line can name',
    { actions: [{ ...form, workers: ['app/_not-found/page'] }] },
    {},
    ['stray_action /_not-found'],
  ],
  [
    'an action of an entry that is no route',
    { actions: [{ ...form, workers: ['app/ghost/page'] }] },
    {},
    ['stray_action /app/ghost/page'],
  ],
  [
    'an action of no route at all',
    { actions: [{ workers: [], filename: 'app/pay.ts', exportedName: 'pay' }] },
    {},
    ['stray_action app/pay.ts'],
  ],
  [
    'a matcher that leaves a closed page out',
    { app: account, middleware: [{ regexp: '^/api/.*$' }] },
    { '/account': 'signed-in' },
    ['not_guarded /account'],
  ],
  [
    'a matcher that leaves an open page out',
    { app: account, middleware: [{ regexp: '^/api/.*$' }] },
    { '/account': 'public' },
    [],
  ],
  [
    'a matcher that leaves file names out, where a parameter may be one',
    { app: { '/docs/[id]/page': '/docs/[id]' }, middleware: [{ regexp: '^/(?!.*\\.png$).*$' }] },
    { '/docs/*': 'signed-in' },
    ['not_guarded /docs/[id]'],
  ],
  [
    'a matcher with a condition',
    { app: account, middleware: [{ regexp: '^/.*$', missing: [{ type: 'header', key: 'x' }] }] },
    { '/account': 'signed-in' },
    ['not_guarded /account'],
  ],
  [
    'a middleware that runs on Node',
    { app: account, middleware: undefined, proxy: everything },
    { '/account': 'signed-in' },
    [],
  ],
  [
    'no middleware at all',
    { app: account, middleware: undefined },
    { '/account': 'signed-in' },
    ['no_middleware middleware.ts'],
  ],
];
for (const [what, build, table, problems] of rows) {
  test(`${what}: ${problems.join(', ') || 'no problem'}`, () => {
    const found = coveredRoutes(inventBuild(build), table).problems;
    expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual(problems);
  });
}

test('a route has the policy that was decided, and is closed where nothing was', () => {
  const folder = inventBuild({
    app: { ...account, '/page': '/', '/new/page': '/new', '/docs/[id]/page': '/docs/[id]' },
    actions: [{ ...form, workers: ['app/account/page'] }],
  });
  const table: RoutePolicies = { '/': 'public', '/account': 'signed-in', '/docs/*': 'public' };
  const { routes } = coveredRoutes(folder, table);
  expect(routes.map(({ path, policy, actions }) => [path, policy, actions])).toEqual([
    ['/account', 'signed-in', ['000']],
    ['/', 'public', []],
    ['/new', 'signed-in', []],
    ['/docs/[id]', 'public', []],
  ]);
});
