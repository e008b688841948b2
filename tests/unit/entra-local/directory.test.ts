import { expect, test } from '@playwright/test';
import { createDirectory } from '../../../entra-local/directory.mjs';

test('no two accounts share an array, nor do two directories', () => {
  const accounts = [...createDirectory().accounts(), ...createDirectory().accounts()];
  const arrays = accounts.flatMap(({ roles, groups, guestOf }) => [roles, groups, guestOf]);
  expect(new Set<unknown>(arrays).size).toBe(arrays.length);
});
