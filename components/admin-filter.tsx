import type { ReactNode } from 'react';
import type { DecisionFilter } from '@/lib/decision-filter';
import { type Decision, type DecisionVerdict, decisionVerdicts } from '@/lib/decisions';
import { organisationName } from '@/lib/tenant-rules';
import styles from './admin-table.module.css';

export const verdictWords: Readonly<Record<DecisionVerdict, string>> = {
  'let-in': 'Let in',
  refused: 'Refused',
  failed: 'Failed',
};

type Choice = readonly [value: string, label: string];

/** Every organisation of the decisions, and the one that was asked for. */
function organisations(decisions: readonly Decision[], asked: string): Choice[] {
  const ids = new Set(decisions.flatMap(({ tenantId }) => tenantId ?? []));
  if (asked) ids.add(asked);
  return [...ids]
    .map((id): Choice => [id, organisationName(id)])
    .sort(([, a], [, b]) => a.localeCompare(b, 'en'));
}

type FieldProps = { name: string; label: string; problem: string | undefined };

function Field({ name, label, problem, children }: FieldProps & { children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label htmlFor={name}>{label}</label>
      {children}
      {problem && (
        <p id={`${name}-problem`} className={styles.problem}>
          {problem}
        </p>
      )}
    </div>
  );
}

const complaint = ({ name, problem }: FieldProps) =>
  problem ? { 'aria-invalid': true, 'aria-describedby': `${name}-problem` } : {};

function Select(props: FieldProps & { any: string; value: string; choices: readonly Choice[] }) {
  const { name, any, value, choices } = props;
  // What nobody can choose is shown all the same: it came by the address, and is told about.
  const all =
    value && !choices.some(([one]) => one === value) ? [[value, value], ...choices] : choices;
  return (
    <Field {...props}>
      <select id={name} name={name} defaultValue={value} {...complaint(props)}>
        <option value="">{any}</option>
        {all.map(([one, label]) => (
          <option key={one} value={one}>
            {label}
          </option>
        ))}
      </select>
    </Field>
  );
}

type Props = { filter: DecisionFilter; decisions: readonly Decision[] };

/** A form that asks for the same page: it works without JavaScript, and its answer can be kept as
 * a bookmark. */
export function DecisionFilterForm({ filter: { typed, problems, isSet }, decisions }: Props) {
  const incident = { name: 'incident', label: 'Incident number', problem: problems.incident };
  const verdicts = decisionVerdicts.map((verdict): Choice => [verdict, verdictWords[verdict]]);
  return (
    <form method="get" action="/admin#decisions" className={styles.filter}>
      <Select
        {...{ name: 'verdict', label: 'Verdict', problem: problems.verdict, any: 'Any' }}
        value={typed.verdict}
        choices={verdicts}
      />
      <Select
        {...{ name: 'tenant', label: 'Organisation', problem: problems.tenant, any: 'Any' }}
        value={typed.tenant}
        choices={organisations(decisions, problems.tenant ? '' : typed.tenant)}
      />
      <Field {...incident}>
        <input
          id="incident"
          name="incident"
          defaultValue={typed.incident}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          {...complaint(incident)}
        />
      </Field>
      <div className={styles.press}>
        <button type="submit" className="button">
          Filter
        </button>
        {isSet && <a href="/admin#decisions">Clear filter</a>}
      </div>
    </form>
  );
}
