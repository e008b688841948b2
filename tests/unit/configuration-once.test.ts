import { expect, test } from '@playwright/test';
import { createJiti } from 'jiti';
import { NextRequest } from 'next/server.js';

// Next's bundler finds `next/server` without its suffix; Node's own loader does not.
const load = createJiti(import.meta.url, {
  alias: { 'server-only': 'next/dist/compiled/server-only/empty.js' },
});
const { middleware } = await load.import<typeof import('../../middleware')>('../../middleware');
const { getProduct } = await load.import<typeof import('../../lib/product')>('../../lib/product');

const settings = {
  AZURE_CLIENT_ID: '11111111-1111-4111-8111-111111111111',
  AZURE_CLIENT_SECRET: 'a~secret-of-forty-characters-for-a-test-1',
  AZURE_VALID_TENANT_IDS: '22222222-2222-4222-8222-222222222222',
  AUTH_SECRET: 'q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyGiSxEfAv5cM=',
  AUTH_URL: 'https://app.example',
};

test('the environment is read at the first request alone, by the gate and by the server', async () => {
  const genuine = process.env;
  const read: string[] = [];
  try {
    process.env = new Proxy<NodeJS.ProcessEnv>(
      { ...genuine, ...settings },
      {
        get(target, name) {
          if (/^(AZURE|AUTH|SESSION|REDIS)_/.test(String(name))) read.push(String(name));
          return Reflect.get(target, name);
        },
      },
    );
    const ask = () => middleware(new NextRequest('https://app.example/api/me'));
    expect((await ask()).status).toBe(401);
    const product = getProduct();
    expect(read).toContain('AZURE_CLIENT_ID');
    expect(product.config.origin).toBe('https://app.example');

    read.length = 0;
    expect((await ask()).status).toBe(401);
    expect(getProduct()).toBe(product);
    expect(read).toEqual([]);
  } finally {
    process.env = genuine;
  }
});
