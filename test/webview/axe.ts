/** What axe-core finds wrong in a page. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { OpenPage } from './harness';

type Page = OpenPage['page'];

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Colours differ from theme to theme; what does not is looked at in the first one. */
const RULES = { all: undefined, colours: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

export async function loadAxe(page: Page): Promise<void> {
  await page.evaluate(await readFile(AXE, 'utf8'));
}

export const findings = (page: Page, rules: keyof typeof RULES = 'all') =>
  page.evaluate<
    string[]
  >(`axe.run(document, ${JSON.stringify({ runOnly: RULES[rules], resultTypes: ['violations'] })})
    .then(({ violations }) => violations.map(({ id, nodes }) =>
      id + ': ' + nodes.map(({ html }) => html.slice(0, 160)).join(' | ')))`);
