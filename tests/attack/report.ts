import { mkdirSync, writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { matrix, type RowId } from './matrix';

export type Verdict = 'held' | 'BROKEN' | 'not run';
export type Row = { id: RowId; promise: string; verdict: Verdict; milliseconds: number };

/** Where the report is written, from the root of the project. */
export const reportFolder = 'attack-report';

/** Turns the run of the rows into a table: on the terminal, as Markdown and as JSON. */
export default class AttackReporter implements Reporter {
  private readonly rows = new Map<string, Row>();

  onTestEnd(test: TestCase, result: TestResult): void {
    const id = /^[A-Z]{2}-\d\d(?= )/.exec(test.title)?.[0] as RowId | undefined;
    if (!id || !(id in matrix)) return;
    const verdict = result.status === 'passed' ? 'held' : 'BROKEN';
    const milliseconds = Math.round(result.duration);
    this.rows.set(id, { id, promise: matrix[id], verdict, milliseconds });
  }

  onEnd(): void {
    if (this.rows.size === 0) return;
    const rows = (Object.keys(matrix) as RowId[]).map(
      (id): Row =>
        this.rows.get(id) ?? { id, promise: matrix[id], verdict: 'not run', milliseconds: 0 },
    );
    const held = rows.filter(({ verdict }) => verdict === 'held').length;
    const summary = `${held} of ${rows.length} rows held`;
    mkdirSync(reportFolder, { recursive: true });
    writeFileSync(`${reportFolder}/report.json`, `${JSON.stringify({ held, rows }, null, 2)}\n`);
    writeFileSync(
      `${reportFolder}/report.md`,
      [
        '# Attack report',
        '',
        `${summary}. What the rows mean: docs/security.md.`,
        '',
        '| Row | Promise | Verdict | ms |',
        '| --- | --- | --- | ---: |',
        ...rows.map(
          (row) => `| ${row.id} | ${row.promise} | ${row.verdict} | ${row.milliseconds} |`,
        ),
        '',
      ].join('\n'),
    );
    const width = Math.max(...rows.map(({ promise }) => promise.length));
    console.log('\nThe acceptance matrix');
    for (const { id, promise, verdict, milliseconds } of rows) {
      console.log(`${id}  ${promise.padEnd(width)}  ${verdict.padEnd(7)}  ${milliseconds} ms`);
    }
    console.log(`${summary}. Written to ${reportFolder}/report.md and report.json.`);
  }

  printsToStdio(): boolean {
    return true;
  }
}
