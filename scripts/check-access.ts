/** The part of `npm run build` that follows `next build`: a build with an address or a Server Action
 * that nobody decided about ends here, and what could be deployed of it is deleted. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** npm starts us in the project's folder. */
const root = process.cwd();

/** One sentence for each problem. */
async function sentences(): Promise<string[]> {
  // The table is judged as the build has it, and not as development does.
  Object.assign(process.env, { NODE_ENV: 'production' });
  try {
    const { access } = await import('../lib/access');
    const { coveredRoutes } = await import('./covered-routes');
    return coveredRoutes(root, access).problems.map(({ says }) => says);
  } catch (error) {
    const { message } = error as Error;
    return [`The build cannot be compared with lib/access.ts: ${message}`];
  }
}

const problems = await sentences();
if (problems.length > 0) {
  for (const made of ['standalone', 'BUILD_ID']) {
    rmSync(join(root, '.next', made), { recursive: true, force: true });
  }
  process.stderr.write(`\nThis build is not finished:\n\n${problems.join('\n\n')}\n`);
  process.exitCode = 1;
}
