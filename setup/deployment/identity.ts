import { findingsAbout } from '../doctor/found';
import type { Finding } from '../finding';
import type { Reply, Visit } from './visit';

const about = findingsAbout('Deployment');
const ready = findingsAbout('Readiness');

const notThisApp = about(
  'not_this_app',
  'fail',
  'Something answers there, and it is not this app.',
  'Check the address, and which app the proxy leads to.',
);

const isPage = ({ headers, text }: Reply) =>
  headers.get('content-type')?.includes('html') || /^\s*</.test(text);

/** What stands in the app's place; undefined where its liveness probe answered. */
function judgeHealth(reply: Reply): Finding | undefined {
  const { status, json } = reply;
  if (status === 200 && json?.status === 'ok') return undefined;
  if (status >= 300 && status < 400) {
    const says = 'It sends everybody on to another address, which the app itself never does there.';
    const next = 'Test the address that it leads to, or let /healthz pass without a redirect.';
    return about('redirected_away', 'fail', says, next);
  }
  if (status === 401 || status === 403 || status === 407) {
    const says = 'Something before the app wants a sign-in of its own.';
    const next =
      'Switch off the platform’s own authentication or access list: the app signs people in.';
    return about('blocked_in_front', 'fail', says, next);
  }
  if (status >= 500 || status === 429) {
    const says = `A proxy answers in the app’s place (${status}).`;
    return about(
      'proxy_answers',
      'fail',
      says,
      'Start the app, and check where the proxy leads to.',
    );
  }
  if (isPage(reply)) {
    const says =
      'A web page came where the app answers JSON: it is another app, or a proxy’s page.';
    const next = 'Check the address, and which app the proxy leads to.';
    return about(status === 200 ? 'page_for_json' : 'not_this_app', 'fail', says, next);
  }
  return notThisApp;
}

function judgeReadiness(reply: Reply): Finding[] {
  const { status, json } = reply;
  if (status >= 500 && json === undefined) {
    const says = `A proxy answers in the app’s place (${status}).`;
    return [about('proxy_answers', 'fail', says, 'See that the proxy lets /readyz pass.')];
  }
  if (json?.status === 'stopping') {
    const says = 'The instance that answered was asked to stop.';
    return [ready('stopping', 'warn', says, 'Ask again when the new one is there.')];
  }
  if (json?.status !== 'ready' && json?.status !== 'not ready') return [notThisApp];
  const found: Finding[] = [];
  if (json.revocations === 'unavailable') {
    const says = 'Redis cannot be used: sessions that one instance ends go on at another.';
    const next =
      'Find revocation.unavailable in the log; docs/deploy/redis.md explains its reason.';
    found.push(ready('redis_unavailable', 'fail', says, next));
  }
  if (json.credentials === 'rejected') {
    const says = 'Microsoft refuses the app’s credential: nobody new can sign in.';
    const next =
      'Find the number in the log (sign_in.failed), then make a new secret and deploy it.';
    found.push(ready('credentials_rejected', 'fail', says, next));
  } else if (found.length === 0 && (status !== 200 || json.status !== 'ready')) {
    const next = 'Read the lines config.error in the log: each names a variable.';
    found.push(ready('not_ready', 'fail', 'The app is not ready to serve.', next));
  }
  const days = json.credentialExpiresWithinDays;
  if (typeof days === 'number') {
    const says =
      days === 0
        ? 'The app’s credential has expired, or its written day is an old one.'
        : `The app’s credential expires within ${days} days.`;
    const next =
      'Add a new secret or certificate in the portal, deploy it, then delete the old one.';
    found.push(ready('credential_expires_soon', days === 0 ? 'fail' : 'warn', says, next));
  }
  return found.length > 0 ? found : [ready('ready', 'ok', 'The app is ready to serve.')];
}

/** Whether this app runs there. With a `Deployment` that fails, nothing else is worth asking. */
export async function identityFindings(visit: Visit): Promise<Finding[]> {
  const stranger = judgeHealth(await visit('/healthz'));
  if (stranger) return [stranger];
  const readiness = judgeReadiness(await visit('/readyz'));
  if (readiness.some(({ subject }) => subject === notThisApp.subject)) return readiness;
  return [about('reached', 'ok', 'This app answers there.'), ...readiness];
}
