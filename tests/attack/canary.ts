import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Secrets that can be found again wherever they turn up. */
export const mark = 'c4n4ry';
export const secrets = {
  AZURE_CLIENT_SECRET: `${mark}~client.Secret_4f1c9b7ae2d85306`,
  AUTH_SECRET: `${mark}Zq8mK2xT5vR1nW7pL4cY9dH3gJ6fB0sA,${mark}q3VnY2Zs0X8rT1mWb7JdKePzLhNaUoRyG`,
};
/** The same as a file of settings. */
export const secretSettings = Object.entries(secrets)
  .map(([name, value]) => `${name}=${value}\n`)
  .join('');

export const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

/** Files of a folder in which `found` is true of the text. */
export const filesWith = (folder: string, found: (text: string) => boolean) =>
  filesBelow(folder).filter((file) => found(readFileSync(file, 'latin1')));
