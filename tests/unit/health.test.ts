import { expect, test } from '@playwright/test';
import { type HealthFacts, type HealthLevel, healthLines } from '../../lib/health';

const now = 1_790_000_000;
const day = 24 * 60 * 60;

const sound: HealthFacts = {
  config: {
    demo: false,
    credential: { kind: 'secret', secret: 'canary-secret', expiresAtSeconds: now + 100 * day },
  },
  documents: { metadata: { loadedAtSeconds: now - 60 }, keys: { loadedAtSeconds: now - 60 } },
  credentials: 'accepted',
  isReady: true,
  isStopping: false,
  expiresAtSeconds: now + 100 * day,
  revocations: { kind: 'redis', isCurrent: true },
  startedAtSeconds: now - 100,
  nowSeconds: now,
};
const certificate = { demo: false, credential: { kind: 'certificate', path: '/canary' } } as const;

test('where nothing is wrong, nothing is to be done', () => {
  const lines = healthLines(sound);
  expect(lines.map(({ level }) => level)).toEqual(Array(7).fill('fine'));
  expect(lines.filter(({ todo }) => todo)).toEqual([]);
});

const failed = { failedAtSeconds: now - 5 };
const old = { loadedAtSeconds: now - 25 * 60 * 60 };
const rows: [what: string, facts: Partial<HealthFacts>, name: string, level: HealthLevel][] = [
  ['being asked to stop', { isStopping: true }, 'This instance', 'look'],
  ['not being ready', { isReady: false }, 'This instance', 'mend'],
  ['the demo', { config: { ...sound.config, demo: true } }, 'Accounts', 'look'],
  [
    'metadata that were never asked for',
    { documents: { metadata: {}, keys: {} } },
    'Microsoft’s addresses',
    'fine',
  ],
  [
    'metadata that could never be read',
    { documents: { metadata: failed, keys: failed } },
    'Microsoft’s addresses',
    'mend',
  ],
  [
    'keys that were not renewed, while the copy serves',
    { documents: { ...sound.documents, keys: { loadedAtSeconds: now - 7200, ...failed } } },
    'Microsoft’s signing keys',
    'look',
  ],
  [
    'keys that were not renewed for a day',
    { documents: { ...sound.documents, keys: { ...old, ...failed } } },
    'Microsoft’s signing keys',
    'mend',
  ],
  ['a secret that nobody has used', { credentials: 'untried' }, 'Client secret', 'fine'],
  ['a secret that Microsoft refused', { credentials: 'rejected' }, 'Client secret', 'mend'],
  [
    'a certificate that Microsoft refused',
    { config: certificate, credentials: 'rejected' },
    'Certificate',
    'mend',
  ],
  ['an unknown end', { expiresAtSeconds: undefined }, 'End of the client secret', 'look'],
  [
    'a certificate that cannot be read',
    { config: certificate, expiresAtSeconds: undefined },
    'End of the certificate',
    'mend',
  ],
  ['an end in 30 days', { expiresAtSeconds: now + 30 * day }, 'End of the client secret', 'look'],
  ['an end in 7 days', { expiresAtSeconds: now + 7 * day }, 'End of the client secret', 'mend'],
  ['an end that is past', { expiresAtSeconds: now - 1 }, 'End of the client secret', 'mend'],
  [
    'Redis being away',
    { revocations: { kind: 'redis', isCurrent: false } },
    'Ended sessions',
    'mend',
  ],
  [
    'sessions in memory',
    { revocations: { kind: 'memory', isCurrent: true } },
    'Ended sessions',
    'fine',
  ],
];
for (const [what, facts, name, level] of rows) {
  test(`${what} is told as "${level}", with what to do`, () => {
    const lines = healthLines({ ...sound, ...facts });
    const line = lines.find((one) => one.name === name);
    expect(line?.level).toBe(level);
    if (level === 'mend') expect(line?.todo).toBeTruthy();
    expect(JSON.stringify(lines)).not.toContain('canary');
  });
}
