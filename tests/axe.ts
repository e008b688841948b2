import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What WCAG 2.2 AA says against a page, by axe: each rule with the elements that break it. What axe
 * calls its legacy mode reads one document; the other opens a page of its own every time, to put
 * together what frames answer, and no page of ours has any. */
export async function accessibilityProblems(page: Page): Promise<[rule: string, html: string[]][]> {
  await expect(page.locator('iframe, frame, object, embed')).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .setLegacyMode()
    .analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
}
