/** Every version below has published security faults that the one named here mends. */
export const packageFloor: Readonly<Record<string, string>> = {
  next: '16.3.3',
  'next-auth': '5.0.0-beta.32',
  '@auth/core': '0.41.3',
};

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
    const versions = [
      dependencies[name],
      packages[`node_modules/${name}`]?.version,
      ...copies.map((path) => packages[path]?.version),
    ];
    return [...new Set(versions)]
      .filter((version) => !isAtLeast(version ?? 'none', least))
      .map((version) => `${name} ${version}: ${least} or newer`);
  });
}
