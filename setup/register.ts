import { cloudOf, createAuthority } from '../lib/authority';
import { type Az, AzError } from './az';
import {
  type Attempt,
  type ConnectTools,
  connect,
  connectionOf,
  hasFailed,
  ourTests,
  type Place,
  saveValues,
  type Tests,
} from './connect';
import { checkSave } from './env-file';
import { readFields, type Typed } from './fields';
import type { Finding } from './finding';
import { addSecret, carryOut, withMessageForAdmin } from './register-app';
import { type Plan, planRegistration, type Wanted } from './registration';
import { authorityHostAt, contradictions, type Values } from './settings';

/** What registering needs beyond connecting. */
export type RegisterTools = ConnectTools & {
  az: Az;
  /** Shows what will be done; true to go on. */
  confirm: (does: readonly string[]) => Promise<boolean>;
  wait: (seconds: number) => Promise<void>;
};

const secretLifetimeDays = 365;
/** A new app or secret is not known everywhere at once. */
const patience = { tries: 6, pauseSeconds: 5 };

const dateAfter = (nowSeconds: number, days: number) =>
  new Date((nowSeconds + days * 24 * 60 * 60) * 1000).toISOString().slice(0, 10);

const refused = (attempt: Partial<Attempt>): Attempt => ({
  problems: [],
  findings: [],
  tenantIds: [],
  saved: false,
  ...attempt,
});

/** Tests what was just made until it is known, or patience ends. */
async function testPatiently(values: Values, place: Place, tools: RegisterTools, tests: Tests) {
  for (let tries = 1; ; tries += 1) {
    const findings = await tests.testConnection(connectionOf(values, place), tools);
    if (!hasFailed(findings) || tries === patience.tries) return findings;
    await tools.wait(patience.pauseSeconds);
  }
}

/** Whether a secret is there that Microsoft does not refuse. Asked of one tenant alone: in others
 * the app may not be known yet. */
async function hasWorkingSecret(values: Values, place: Place, tools: ConnectTools, tests: Tests) {
  const findings = await tests.testConnection(connectionOf(values, place), tools);
  return !findings.some(({ code, status }) => status === 'fail' && code.startsWith('secret_'));
}

async function followPlan(
  plan: Plan,
  known: { clientId?: string; clientSecret?: string },
  place: Place,
  tools: RegisterTools,
  tests: Tests,
): Promise<Attempt> {
  const { tenantIds } = plan;
  const secret = plan.clientId === known.clientId ? known.clientSecret : undefined;
  const keeps =
    plan.clientId !== undefined &&
    secret !== undefined &&
    (await hasWorkingSecret(
      { clientId: plan.clientId, clientSecret: secret, tenantIds: [plan.homeTenantId] },
      place,
      tools,
      tests,
    ));
  const does = [
    ...plan.steps.map((step) => step.does),
    ...(keeps ? [] : ['add a client secret to it, for one year, and save it in .env.local']),
  ];
  if (does.length > 0 && !(await tools.confirm(does))) {
    const finding: Finding = {
      code: 'not_confirmed',
      status: 'fail',
      subject: 'Azure CLI',
      says: 'Nothing was changed, as you wished.',
      next: 'Register the app by hand, and run: npm run setup',
    };
    return refused({ tenantIds, findings: [finding] });
  }
  const clientId = await carryOut(plan, tools.az);
  if (keeps && secret) {
    return connect(
      { clientId, clientSecret: secret, tenants: tenantIds.join() },
      place,
      tools,
      tests,
    );
  }
  const expires = dateAfter(tools.nowSeconds(), secretLifetimeDays);
  const clientSecret = await addSecret(clientId, expires, tools.az);
  const values = { clientId, clientSecret, tenantIds, expires };
  // Saved before it is tested: it is shown only once, and lost otherwise.
  const saving = await saveValues(values, place, tools);
  const tested = await testPatiently(values, place, tools, tests);
  return { problems: [], findings: [...saving, ...tested], tenantIds, saved: !hasFailed(saving) };
}

/** Registers the app through the Azure CLI and connects it: reads first, changes only what is
 * missing, and makes a secret only where none works. Run again, it changes nothing. */
export async function register(
  typed: Typed,
  app: Pick<Wanted, 'name' | 'origins'>,
  place: Place,
  tools: RegisterTools,
  tests: Tests = ourTests,
): Promise<Attempt> {
  const fields = readFields(typed);
  const { clientId, clientSecret, domains } = fields;
  // What is empty, and a secret that is none, is what registering fills.
  const problems = fields.problems.filter(
    ({ field }) => field !== 'clientSecret' && typed[field].trim() !== '',
  );
  if (problems.length > 0) return refused({ problems, tenantIds: fields.tenantIds });

  const { host: authorityHost } = await authorityHostAt(place);
  const there = { ...place, authorityHost };
  const anyone = createAuthority('organizations', place.standInUrl, authorityHost);
  const resolved = await tests.resolveTenants(domains, anyone, tools);
  const tenantIds = [...new Set([...fields.tenantIds, ...resolved.tenantIds])];
  const cloud = await authorityHostAt(place, tenantIds);
  const findings = [
    ...resolved.findings,
    ...cloud.findings,
    ...(await contradictions(tenantIds, place)),
    ...(await checkSave(place.root)),
  ];
  if (hasFailed(findings)) return refused({ findings, tenantIds });

  const { azureCliName } = cloudOf(anyone);
  const wanted = { ...app, azureCliName, tenantIds, ...(clientId && { clientId }) };
  try {
    const plan = await planRegistration(wanted, tools.az);
    const known = { ...(clientId && { clientId }), ...(clientSecret && { clientSecret }) };
    const attempt = await followPlan(plan, known, there, tools, tests);
    return { ...attempt, findings: [...resolved.findings, ...attempt.findings] };
  } catch (error) {
    if (!(error instanceof AzError)) throw error;
    return refused({ findings: [withMessageForAdmin(error.finding, wanted)], tenantIds });
  }
}
