import { expect, test } from './fixtures';

const violation = {
  type: 'csp-violation',
  age: 10,
  url: 'https://app.example.com/account?tab=secret#part',
  body: {
    documentURL: 'https://app.example.com/account?tab=secret#part',
    blockedURL: 'https://evil.example/script.js?token=c4n4ry',
    effectiveDirective: 'script-src-elem',
    sample: 'c4n4ry',
  },
};
const send = (url: string, body: string) =>
  fetch(`${url}/csp-report`, {
    method: 'POST',
    headers: { 'content-type': 'application/reports+json' },
    body,
  });

test('a violation is one log line with a path and an origin, and nothing else of an address', async ({
  app,
}) => {
  const inline = { ...violation, body: { ...violation.body, blockedURL: 'inline' } };
  expect((await send(app.url, JSON.stringify([violation, inline]))).status).toBe(204);
  await expect
    .poll(() => app.events('csp.violation'))
    .toMatchObject([
      {
        event: 'csp.violation',
        directive: 'script-src-elem',
        blocked: 'https://evil.example',
        path: '/account',
      },
      {
        event: 'csp.violation',
        directive: 'script-src-elem',
        blocked: 'inline',
        path: '/account',
      },
    ]);
  expect(app.output()).not.toMatch(/c4n4ry|tab=secret/);
});

test('what is no report is refused and leaves no line', async ({ app }) => {
  const before = app.events('csp.violation').length;
  const hostile = { ...violation, body: { ...violation.body, effectiveDirective: 'a\n{"x":1}' } };
  const junk = ['', '{', 'null', '[]x', '{}', '[{}]', '[7]', JSON.stringify([hostile])];
  for (const body of [...junk, JSON.stringify([violation]).padEnd(20_000, ' ')]) {
    expect((await send(app.url, body)).status, body.slice(0, 40)).toBe(400);
  }
  for (const method of ['GET', 'PUT', 'DELETE']) {
    expect((await fetch(`${app.url}/csp-report`, { method })).status).toBe(405);
  }
  expect(app.events('csp.violation')).toHaveLength(before);
});

test('one delivery writes ten lines at most', async ({ app }) => {
  const before = app.events('csp.violation').length;
  expect((await send(app.url, JSON.stringify(Array(25).fill(violation)))).status).toBe(204);
  await expect.poll(() => app.events('csp.violation').length).toBe(before + 10);
});
