import { expect, test } from '@playwright/test';
import { createAuthority } from '../../lib/authority';
import { createContentSecurityPolicy, createNonce } from '../../lib/csp';

const production = {
  origin: 'https://app.example.com',
  authority: createAuthority('organizations'),
  demo: false,
};
const loopback = {
  origin: 'http://localhost:3000',
  authority: createAuthority('organizations', 'http://127.0.0.1:4000'),
  demo: true,
};
const directives = (policy: string) =>
  new Map(policy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]));

/** What runs nothing may also come from certain hosts, which are a fork's own choice. */
const withoutHosts = (policy: string) =>
  policy.replaceAll(/(?:img|font|media|connect)-src [^;]*/g, (directive) =>
    directive.replaceAll(/ https:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+(?= |$)/g, ''),
  );
const policyOf = (config: typeof production) =>
  withoutHosts(createContentSecurityPolicy(config, false)('N0nce'));

test('the production policy is exactly this', () => {
  expect(policyOf(production).split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'nonce-N0nce' 'strict-dynamic'",
    "style-src 'self' 'nonce-N0nce'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self' https://login.microsoftonline.com https:",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    'upgrade-insecure-requests',
    'report-to csp',
  ]);
});

test('nothing unsafe and no wildcard is in a policy outside development, but for forms', () => {
  for (const config of [production, loopback]) {
    const policy = directives(policyOf(config));
    policy.delete('form-action');
    expect(JSON.stringify([...policy])).not.toMatch(/unsafe-|\*|https?:/);
  }
});

test('forms may lead to this app, to any https host, and to the stand-in while it is used', () => {
  const formAction = (config: typeof production) =>
    directives(createContentSecurityPolicy(config, false)('N0nce')).get('form-action');
  expect(formAction(production)).toEqual(["'self'", 'https://login.microsoftonline.com', 'https:']);
  expect(formAction(loopback)).toEqual([
    "'self'",
    'http://localhost:3000', // for pages under another name of this machine
    'http://127.0.0.1:4000',
    'https:',
  ]);
});

test('http on loopback is not upgraded to https', () => {
  expect(createContentSecurityPolicy(loopback, false)('N0nce')).not.toContain(
    'upgrade-insecure-requests',
  );
});

test('development loosens scripts and styles alone', () => {
  const loose = directives(createContentSecurityPolicy(production, true)('N0nce'));
  const strict = directives(createContentSecurityPolicy(production, false)('N0nce'));
  expect(loose.get('script-src')).toContain("'unsafe-eval'");
  for (const name of ['script-src', 'style-src']) {
    loose.delete(name);
    strict.delete(name);
  }
  expect(loose).toEqual(strict);
});

test('a nonce is 128 bits in base64, and never the same twice', () => {
  const nonces = Array.from({ length: 1000 }, createNonce);
  for (const nonce of nonces.slice(0, 20)) expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
  expect(new Set(nonces).size).toBe(nonces.length);
});
