/**
 * Pictures of the panel and the memory report in every state and theme, wide and narrow, to look at:
 *   npx tsx test/webview/screenshots.ts [folder]
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { REPORTS, type ReportName } from '../fakes/memoryReports';
import { RUNS, type RunName } from '../fakes/run-events';
import { startHarness, THEMES } from './harness';

const WIDTHS = [1000, 420];

const folder = path.resolve(process.argv[2] ?? 'test-results/webview');
await mkdir(folder, { recursive: true });
const harness = await startHarness();
for (const theme of THEMES) {
  for (const width of WIDTHS) {
    const panel = await harness.open({ theme, width });
    for (const name of Object.keys(RUNS) as RunName[]) {
      await panel.show(name);
      await panel.page.evaluate('document.activeElement.blur(), scrollTo(0, 0)');
      await panel.page.screenshot({
        path: path.join(folder, `${name}-${theme}-${width}.png`),
        fullPage: true,
      });
    }
    await panel.close();
    const report = await harness.openReport({ theme, width });
    for (const name of Object.keys(REPORTS) as ReportName[]) {
      await report.show(name);
      await report.page.screenshot({
        path: path.join(folder, `report-${name}-${theme}-${width}.png`),
        fullPage: true,
      });
    }
    await report.close();
  }
}
await harness.close();
process.stdout.write(`Pictures are in ${folder}\n`);
