import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { howToInstall } from '../../scripts/debian.mjs';
import { nginxConfig } from '../../scripts/nginx.mjs';

test('what is missing is named, with the packages that bring it', () => {
  expect(howToInstall(['redis-server'])).toMatch(/^redis-server is not installed/);
  const both = howToInstall(['nginx', 'redis-server']);
  expect(both).toContain('nginx and redis-server are not installed');
  expect(both).toContain('apt-get install nginx redis-server');
  expect(both).toContain('dnf install nginx redis\n');
});

test('the proxy names clients itself, logs no code and keeps people on no instance', () => {
  const config = nginxConfig({ port: 3000, instances: [3001, 3002], idleMs: 600 });
  expect(config).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
  expect(config).not.toMatch(/proxy_add_x_forwarded_for|ip_hash|sticky|hash /);
  expect(config).toContain('access_log off;');
  expect(config).not.toMatch(/listen (?!127\.0\.0\.1:)/);
});

test('the proxy of a deployment does all that the one of the cluster does', () => {
  const linesOf = (config: string) =>
    config
      .split('\n')
      .map((line) => line.replace(/#.*/, '').trim())
      .filter((line) => /^(proxy_(?!temp)|keepalive \d|access_log|location)/.test(line));
  const cluster = linesOf(nginxConfig({ port: 3000, instances: [3001], idleMs: 600 }));
  expect(cluster.length).toBeGreaterThan(10);
  const deployed = linesOf(readFileSync('deploy/nginx.conf', 'utf8'));
  expect(deployed).toEqual(expect.arrayContaining(cluster));
});
