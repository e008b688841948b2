import { readFileSync } from 'node:fs';

/** One line of `security-floor.json`: older versions have published security faults. */
export type Floor = { package: string; minimum: string; why: string; advisories: string[] };
export const floors: readonly Floor[] = JSON.parse(
  readFileSync(new URL('../security-floor.json', import.meta.url), 'utf8'),
);
export const packageFloor: Readonly<Record<string, string>> = Object.fromEntries(
  floors.map(({ package: name, minimum }) => [name, minimum]),
);

/** Compares versions by their numbers, a pre-release's number last. What is no such version, a
 * range among them, is at least nothing. */
export function isAtLeast(version: string, least: string): boolean {
  const numbers = (text: string) => {
    const [, major, minor, patch, beta] = /^(\d+)\.(\d+)\.(\d+)(?:-beta\.(\d+))?$/.exec(text) ?? [];
    return [major, minor, patch, beta ?? 'Infinity'].map(Number);
  };
  const [ours, wanted] = [numbers(version), numbers(least)];
  const differs = ours.findIndex((number, index) => number !== wanted[index]);
  return differs === -1 || (ours[differs] as number) > (wanted[differs] as number);
}

/** What we read of package.json and of its lock. */
export type Manifest = { dependencies: Record<string, string> };
export type Lock = { packages: Record<string, { version?: string }> };

/** The packages that are older than they may be: as wanted, and every copy as locked. */
export function packagesBelowFloor({ dependencies }: Manifest, { packages }: Lock): string[] {
  return Object.entries(packageFloor).flatMap(([name, least]) => {
    const copies = Object.keys(packages).filter((path) => path.endsWith(`node_modules/${name}`));
    // What another package brings may be away altogether, and what is asked for may not.
    const asked = Object.hasOwn(dependencies, name)
      ? [dependencies[name], packages[`node_modules/${name}`]?.version]
      : [];
    const versions = [...asked, ...copies.map((path) => packages[path]?.version)];
    return [...new Set(versions)]
      .filter((version) => !isAtLeast(version ?? 'none', least))
      .map((version) => `${name} ${version}: ${least} or newer`);
  });
}
