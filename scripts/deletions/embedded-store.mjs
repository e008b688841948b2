/** Sessions that were ended early are then never kept in one process alone.
 * @type {import('../without.mjs').Deletion} */
export default {
  says: 'running in production without Redis: REDIS_URL is then required',
  paths: [],
  edits: [
    {
      file: 'lib/boot.ts',
      find: `    if (revocations.kind === 'memory' && process.env.NODE_ENV === 'production') {
      const problem =
        'Sign-outs and blocks are kept in memory: they hold for this one instance, until it stops. Set REDIS_URL where there are several.';
      record({ event: 'revocation.local', problem });
    }
`,
    },
    {
      file: 'lib/boot.ts',
      find: `    if (Object.hasOwn(globalThis, told)) return;
`,
      replace: `    if (!config.redisUrl && process.env.NODE_ENV === 'production') {
      const problem = 'is not set. Sessions that are ended early are shared through Redis.';
      throw new ConfigError([{ variable: 'REDIS_URL', code: 'missing', problem }]);
    }
    if (Object.hasOwn(globalThis, told)) return;
`,
    },
    { file: 'lib/audit.ts', find: "  | { event: 'revocation.local'; problem: string }\n" },
    {
      file: 'tests/app-server.ts',
      find: "import { startInstance } from '../scripts/instance.mjs';\n",
      replace: `import { startInstance } from '../scripts/instance.mjs';
import { startRedis } from './redis-server';
`,
    },
    {
      file: 'tests/app-server.ts',
      find: `  const { child, url, stop } = await startInstance({
`,
      replace: `  const redis = env.REDIS_URL ? undefined : await startRedis();
  const { child, url, stop } = await startInstance({
`,
    },
    {
      file: 'tests/app-server.ts',
      find: `      ...env,
    },
`,
      replace: `      ...(redis && { REDIS_URL: redis.url }),
      ...env,
    },
`,
    },
    {
      file: 'tests/e2e/revocation.test.ts',
      find: `  stack,
  app,
}) => {
  redis = await startRedis({ requirepass: 'a-password-of-redis' });
`,
      replace: `  stack,
}) => {
  redis = await startRedis({ requirepass: 'a-password-of-redis' });
`,
    },
    {
      file: 'tests/e2e/revocation.test.ts',
      find: `  expect(app.events('app.started')[0]).toMatchObject({ revocations: 'memory' });
  expect(app.events('revocation.local')).toHaveLength(1);
`,
    },
  ],
};
