/** axe-core on what is ours in the editor: the documents of webviews, and what we put into the workbench. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { FrameLocator, Locator, Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Of the workbench's own elements only names and labels are ours; colours, roles and structure are VS Code's. */
const OURS = ['aria-command-name', 'aria-treeitem-name', 'button-name', 'image-alt', 'label', 'link-name'];

/** @param state what the page shows, for the message of a failure */
export const assertAccessible = (document: FrameLocator, state: string): Promise<void> =>
  assertNoViolations(document.locator('body'), 'axe.run(document)', state);

/** Of a part of the workbench that we fill, a tree or a list to pick from. @param part a CSS selector */
export const assertNamed = (page: Page, part: string, state: string): Promise<void> =>
  assertNoViolations(
    page.locator('body'),
    `axe.run(${JSON.stringify(part)}, { runOnly: { type: 'rule', values: ${JSON.stringify(OURS)} } })`,
    state,
  );

/** Strings, as these files are checked without the DOM's types. */
async function assertNoViolations(body: Locator, run: string, state: string): Promise<void> {
  // By the debugging protocol: a webview's own policy lets no script in.
  await body.evaluate(await readFile(AXE, 'utf8'));
  const found = await body.evaluate(`${run}.then(({ violations }) => violations.map(
    ({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 160)).join(' | ')))`);
  assert.deepEqual(found, [], `axe-core: ${state}`);
}
