import { deploymentFindings } from '../../setup/deployment/checks';
import { expect, test } from './fixtures';

test('a stranger’s look at a production build finds nothing to mend', async ({ app }) => {
  const findings = await deploymentFindings(app.url, fetch);
  expect(findings.filter(({ status }) => status !== 'ok')).toEqual([]);
  expect(findings.map(({ code }) => code)).toEqual([
    ...['reached', 'ready', 'headers_right', 'sign_in_starts', 'cookies_right'],
    ...['page_closed', 'api_closed', 'action_closed', 'setup_absent'],
  ]);
});
