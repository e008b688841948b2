import { readFields, type Typed } from './fields';
import { type Ask, heldValue } from './prompt';

const questions: Readonly<Record<keyof Typed, string>> = {
  clientId: 'Application (client) ID',
  clientSecret: 'Client secret (Value)',
  tenants: 'Who may come in: tenant IDs or domain names, comma-separated',
};
const fields = ['clientId', 'clientSecret', 'tenants'] as const;

/** Asks for the three values, each again until it can be one. Enter keeps what is known.
 * @param only the fields to ask for; the others stay */
export async function askForValues(
  known: Typed,
  ask: Ask,
  say: (line: string) => void,
  only: readonly (keyof Typed)[] = fields,
): Promise<Typed> {
  const typed = { ...known };
  for (const field of only) {
    const held = known[field].trim();
    const question = `${questions[field]}${held ? ` (${heldValue(held)}; Enter keeps it)` : ''}: `;
    for (;;) {
      const answer = await ask(question, { hidden: field === 'clientSecret' });
      typed[field] = answer.trim() || held;
      // The fields before it are looked at together: some values are only wrong beside others.
      const asked = fields.slice(0, fields.indexOf(field) + 1);
      const problems = readFields(typed).problems.filter((problem) =>
        asked.includes(problem.field),
      );
      const here = problems.filter((problem) => problem.field === field);
      for (const { message } of problems) say(`✗ ${message}`);
      if (here.length === 0) break;
    }
  }
  return typed;
}

/** Asks who may come in where the Azure CLI knows an answer of its own: empty means its tenant. */
export async function askForTenants(
  known: Typed,
  ask: Ask,
  say: (line: string) => void,
): Promise<string> {
  const held = known.tenants.trim();
  const kept = held
    ? `${heldValue(held)}; Enter keeps it`
    : 'Enter: where the Azure CLI is signed in';
  for (;;) {
    const tenants = (await ask(`${questions.tenants} (${kept}): `)).trim() || held;
    if (tenants === '') return '';
    const wrong = readFields({ ...known, tenants }).problems.filter(
      ({ field }) => field === 'tenants',
    );
    if (wrong.length === 0) return tenants;
    for (const { message } of wrong) say(`✗ ${message}`);
  }
}
