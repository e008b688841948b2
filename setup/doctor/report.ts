import { type Finding, signs } from '../finding';

/** 0 when all is well, 1 for warnings only, 2 when something must be mended. */
export function exitCodeOf(findings: readonly Finding[]): 0 | 1 | 2 {
  if (findings.some(({ status }) => status === 'fail')) return 2;
  return findings.some(({ status }) => status === 'warn') ? 1 : 0;
}

/** For automation. `ok` as soon as nothing must be mended; warnings are in the findings. */
export function jsonFromFindings(findings: readonly Finding[]): string {
  return JSON.stringify({ ok: exitCodeOf(findings) < 2, findings });
}

const count = (findings: readonly Finding[], wanted: Finding['status']) =>
  findings.filter(({ status }) => status === wanted).length;

/** For people: by subject, in the order of first mention, with the next step below each sentence. */
export function linesFromFindings(findings: readonly Finding[]): string[] {
  const subjects = [...new Set(findings.map(({ subject }) => subject))];
  const lines = subjects.flatMap((subject) => [
    subject,
    ...findings
      .filter((finding) => finding.subject === subject)
      .flatMap(({ status, says, next, link }) => [
        `  ${signs[status]} ${says}`,
        ...(next ? [`    ${next}`] : []),
        ...(link ? [`    ${link}`] : []),
      ]),
    '',
  ]);
  const sums = [
    [count(findings, 'fail'), 'to mend'],
    [count(findings, 'warn'), 'to know'],
    [count(findings, 'ok'), 'right'],
  ] as const;
  return [...lines, sums.map(([sum, what]) => `${sum} ${what}`).join(', ')];
}
