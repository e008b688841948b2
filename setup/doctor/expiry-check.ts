import { whereToFind } from '../../lib/config-problem';
import { daysUntil, dueThreshold } from '../../lib/credential-expiry';
import type { Finding } from '../finding';
import { findingsAbout } from './found';

const days = (count: number) => (count === 1 ? '1 day' : `${count} days`);

/** How long the app's credential is still good, where that is known.
 * @param expiresAtSeconds of a secret the end of the day that the operator wrote down */
export function expiryFinding(
  kind: 'secret' | 'certificate',
  expiresAtSeconds: number | undefined,
  nowSeconds: number,
): Finding {
  const name = kind === 'secret' ? 'Client secret' : 'Certificate';
  const about = findingsAbout(name);
  if (expiresAtSeconds === undefined) {
    const says = 'Nobody has written down when it expires, so nobody will be warned.';
    const next = `Set AZURE_CLIENT_SECRET_EXPIRES to the day (YYYY-MM-DD): ${whereToFind.AZURE_CLIENT_SECRET_EXPIRES}`;
    return about(`${kind}_expiry_unknown`, 'warn', says, next);
  }
  const threshold = dueThreshold(expiresAtSeconds, nowSeconds);
  const daysLeft = daysUntil(expiresAtSeconds, nowSeconds);
  if (threshold === undefined) {
    return about(`${kind}_lasts`, 'ok', `It is good for ${days(daysLeft)}.`);
  }
  const next =
    kind === 'secret'
      ? 'Add a second secret in the portal, deploy it with its day in AZURE_CLIENT_SECRET_EXPIRES, then delete the first.'
      : 'Upload a new certificate in the portal beside the old one, replace the file, then delete the old one.';
  if (threshold === 0) {
    const says =
      kind === 'secret'
        ? 'The day in AZURE_CLIENT_SECRET_EXPIRES is past: the secret has expired, or the day is an old one.'
        : 'It has expired: nobody can sign in.';
    return about(`${kind}_past`, 'fail', says, next);
  }
  const left = daysLeft === 0 ? 'It expires today' : `It expires in ${days(daysLeft)}`;
  return about(`${kind}_expires_soon`, 'warn', `${left}; nobody can sign in afterwards.`, next);
}
