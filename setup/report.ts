import type { FieldProblem } from './fields';
import { type Finding, signs } from './finding';

/** Findings as lines for a terminal: sign, subject and sentence, then the next step below. */
export function linesFromFindings(findings: readonly Finding[]): string[] {
  return findings.flatMap(({ status, subject, says, next, link }) => [
    `${signs[status]} ${subject}: ${says}`,
    ...(next ? [`    ${next}`] : []),
    ...(link ? [`    ${link}`] : []),
  ]);
}

const labels: Readonly<Record<FieldProblem['field'], string>> = {
  clientId: 'Client ID',
  clientSecret: 'Client secret',
  tenants: 'Tenants',
};

export function linesFromProblems(problems: readonly FieldProblem[]): string[] {
  return problems.map(({ field, message }) => `${signs.fail} ${labels[field]}: ${message}`);
}
