import { expect, test } from '@playwright/test';
import { type AuditEvent, record } from '../../lib/audit';

/** What `record` writes to stdout, caught at the console. */
function linesOf(...events: AuditEvent[]): string[] {
  const lines: string[] = [];
  const { log } = console;
  console.log = (...parts: unknown[]) => lines.push(parts.join(' '));
  try {
    events.forEach(record);
  } finally {
    console.log = log;
  }
  return lines;
}

test('an event is one line of JSON that begins with its time', () => {
  const event: AuditEvent = { event: 'session.invalid', reason: 'expired' };
  const [line = ''] = linesOf(event);
  expect(JSON.parse(line)).toMatchObject(event);
  expect(line).toMatch(/^\{"time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z","event":/);
});

test('a hostile path stays on its own line and colours no terminal', () => {
  const path = '/a\n{"event":"sign_in","tenantId":"forged"}\r\n\u001b[31m\u0000\u0007"\\';
  const lines = linesOf({ event: 'gate.deny', method: 'GET\n', path, reason: 'no_session' });
  expect(lines).toHaveLength(1);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(lines[0]).not.toMatch(/[\u0000-\u001f]/);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'gate.deny', method: 'GET\n', path });
});

test('every event is written at once, in order', () => {
  const lines = linesOf(
    { event: 'sign_in', tenantId: 't', sessionId: 's' },
    { event: 'sign_out', tenantId: 't', sessionId: 's', scope: 'app' },
  );
  expect(lines.map((line) => JSON.parse(line).event)).toEqual(['sign_in', 'sign_out']);
});

test('what anyone can cause is written a hundred times in ten seconds, and then counted', () => {
  const { now } = Date;
  let nowMs = 1_790_000_000_000;
  Date.now = () => nowMs;
  try {
    const flood = Array<AuditEvent>(150).fill({
      event: 'rate_limited',
      endpoint: 'start',
      retryAfterSeconds: 9,
    });
    expect(linesOf(...flood)).toHaveLength(100);
    const signIn: AuditEvent = { event: 'sign_in', tenantId: 't', sessionId: 's' };
    expect(
      linesOf(...Array<AuditEvent>(150).fill(signIn)),
      'a sign-in is never left out',
    ).toHaveLength(150);
    nowMs += 9_999;
    expect(linesOf(...flood)).toHaveLength(0);
    nowMs += 1;
    const [counted = '', ...rest] = linesOf(...flood);
    expect(JSON.parse(counted)).toMatchObject({
      event: 'log.suppressed',
      of: 'rate_limited',
      count: 200,
    });
    expect(rest).toHaveLength(100);
  } finally {
    Date.now = now;
  }
});
