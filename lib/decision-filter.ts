import { isGuid } from './authority';
import { type Decision, type DecisionVerdict, decisionVerdicts } from './decisions';

/** The fields of the filter, as a query spells them. */
const fields = ['verdict', 'tenant', 'incident'] as const;
type Field = (typeof fields)[number];

/** A page's query, as Next reads it. */
export type Query = Readonly<Record<string, string | string[] | undefined>>;

/** Which decisions somebody wants to see. */
export type DecisionFilter = {
  /** Each field as it was filled in, so that a mistake can be mended where it was made. */
  typed: Readonly<Record<Field, string>>;
  /** What is wrong with a field, in words. What is in it then matches nothing. */
  problems: Readonly<Partial<Record<Field, string>>>;
  /** Whether anything was asked for. */
  isSet: boolean;
  matches(decision: Decision): boolean;
};

const mostCharacters = 200;

const isVerdict = (text: string): text is DecisionVerdict =>
  (decisionVerdicts as readonly string[]).includes(text);

const rules: Readonly<Record<Field, { accepts(value: string): boolean; otherwise: string }>> = {
  verdict: { accepts: isVerdict, otherwise: 'Choose one of the verdicts in this list.' },
  tenant: { accepts: isGuid, otherwise: 'Choose one of the organisations in this list.' },
  incident: {
    accepts: (value) => /^[0-9a-f-]{1,36}$/.test(value),
    otherwise:
      'An incident number has only digits, the letters a to f and hyphens, like 1a2b3c4d. The beginning of one is enough.',
  },
};

/** Reads the filter out of a page's query: each field once, without blanks around it. */
export function readDecisionFilter(query: Query): DecisionFilter {
  const typed = Object.fromEntries(
    fields.map((field) => {
      const value = [query[field]].flat()[0] ?? '';
      return [field, value.trim().slice(0, mostCharacters)];
    }),
  ) as Record<Field, string>;
  const wanted = (field: Field) => typed[field].toLowerCase();
  const problems = Object.fromEntries(
    fields
      .filter((field) => typed[field] && !rules[field].accepts(wanted(field)))
      .map((field) => [field, rules[field].otherwise]),
  );
  const [verdict, tenant, incident] = [wanted('verdict'), wanted('tenant'), wanted('incident')];
  return {
    typed,
    problems,
    isSet: fields.some((field) => typed[field] !== ''),
    matches: (decision) =>
      (!verdict || decision.verdict === verdict) &&
      (!tenant || decision.tenantId === tenant) &&
      (!incident || decision.incidentId?.startsWith(incident) === true),
  };
}

/** The query with which the page should have been asked for; undefined when it was. Next writes the
 * whole query into the page's source, and what is no field of the filter has no business there. */
export function filterQuery(query: Query): string | undefined {
  const isClean = Object.entries(query).every(
    ([name, value]) =>
      (fields as readonly string[]).includes(name) &&
      typeof value === 'string' &&
      value.length <= mostCharacters,
  );
  if (isClean) return undefined;
  const { typed } = readDecisionFilter(query);
  const clean = new URLSearchParams(
    fields.flatMap((name) => (typed[name] ? [[name, typed[name]]] : [])),
  );
  return clean.size > 0 ? `?${clean}` : '';
}
