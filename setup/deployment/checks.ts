import type { Fetch } from '../../lib/upstream';
import { findingsAbout } from '../doctor/found';
import type { Finding } from '../finding';
import { headerFindings } from './headers';
import { identityFindings } from './identity';
import { signInFindings } from './sign-in';
import { strangerChecks } from './strangers';
import { createVisit, findingFromFault, redirectOf, Unreached, type Visit } from './visit';

const about = findingsAbout('Address');

/** Whether http leads to https. Where nothing listens there, nothing has to. */
async function plainHttpFindings(origin: string, fetch: Fetch): Promise<Finding[]> {
  const { host, port, protocol } = new URL(origin);
  if (protocol !== 'https:' || port) return [];
  const closed = about('http_closed', 'ok', 'http leads nowhere but to https.');
  try {
    const reply = await createVisit(`http://${host}`, fetch)('/');
    if (reply.status >= 400 || redirectOf(reply, origin)?.protocol === 'https:') return [closed];
  } catch (error) {
    if (error instanceof Unreached) return [closed];
    throw error;
  }
  const says = 'The address also answers http, where anybody on the way can read along.';
  return [about('http_open', 'warn', says, 'Let the proxy redirect http to https.')];
}

async function settled(check: Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check;
  } catch (error) {
    if (error instanceof Unreached) return [findingFromFault(error.fault)];
    throw error;
  }
}

/** Tests a running deployment as somebody who is not signed in. Changes nothing there; what it asks
 * is in the app's log.
 * @param origin https, or http on this computer */
export async function deploymentFindings(origin: string, fetch: Fetch): Promise<Finding[]> {
  const visit: Visit = createVisit(origin, fetch);
  const identity = await settled(identityFindings(visit));
  if (identity.some(({ subject, status }) => subject === 'Deployment' && status === 'fail')) {
    return identity; // all else would be about another server
  }
  const found = await Promise.all([
    ...[headerFindings, signInFindings, ...strangerChecks].map((check) =>
      settled(check(visit, origin)),
    ),
    plainHttpFindings(origin, fetch),
  ]);
  const seen = new Set<string>(); // one cause shows at several doors
  return [...identity, ...found.flat()].filter(({ code, says }) => {
    const isNew = !seen.has(code + says);
    seen.add(code + says);
    return isNew;
  });
}
