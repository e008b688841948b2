import type { FullResult, Reporter, Suite } from '@playwright/test/reporter';

/** Closes a run with one plain line that people and machines read alike. */
export default class SummaryReporter implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(result: FullResult): void {
    const tests = this.suite?.allTests() ?? [];
    const count = (...outcomes: string[]) =>
      tests.filter((test) => outcomes.includes(test.outcome())).length;
    const passed = count('expected', 'flaky');
    // Whatever did not run in a run that ended badly did not pass either.
    const broken = result.status === 'passed' ? 0 : 1;
    const failed = Math.max(count('unexpected'), broken);
    const skipped = tests.length - passed - count('unexpected');
    console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  }

  printsToStdio(): boolean {
    return true;
  }
}
