import { expect, test } from '@playwright/test';
import { createCredentialHealth } from '../../lib/credential-health';

function start() {
  let seconds = 1_700_000_000;
  const health = createCredentialHealth(() => seconds);
  const wait = (more: number) => {
    seconds += more;
  };
  return { health, wait };
}

test('an instance is ready until Microsoft refuses its credential', () => {
  const { health } = start();
  expect([health.verdict(), health.isReady()]).toEqual(['untried', true]);
  health.record('rejected');
  expect([health.verdict(), health.isReady()]).toEqual(['rejected', false]);
  health.record('accepted');
  expect([health.verdict(), health.isReady()]).toEqual(['accepted', true]);
});

test('one that has worked stays in service, and says that it is refused', () => {
  const { health } = start();
  health.record('accepted');
  health.record('rejected');
  expect([health.verdict(), health.isReady()]).toEqual(['rejected', true]);
});

test('one that was refused comes back after five minutes, to be tried again', () => {
  const { health, wait } = start();
  health.record('rejected');
  wait(200);
  health.record('rejected'); // from the latest refusal on
  wait(299);
  expect(health.isReady()).toBe(false);
  wait(1);
  expect([health.verdict(), health.isReady()]).toEqual(['rejected', true]);
  health.record('rejected');
  expect(health.isReady()).toBe(false);
});
