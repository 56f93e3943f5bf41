/**
 * Pictures of the panel and the memory report in every state and theme, wide and narrow, to look at:
 *   node --import tsx test/webview/screenshots.ts [folder] [theme|forced-colors] [part of a state's name]
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { REPORTS, type ReportName } from '../fakes/memoryReports';
import { startHarness, THEMES, type OpenPage } from './harness';
import { enter, STATES } from './states';

const WIDTHS = [320, 1000, 1600];

const [folderName = 'test-results/webview', onlyLook = '', onlyState = ''] = process.argv.slice(2);
const folder = path.resolve(folderName);
await mkdir(folder, { recursive: true });
const harness = await startHarness();

async function picture({ page }: OpenPage, name: string): Promise<void> {
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}

/** The themes of the editor, and dark with the colours that a system forces. */
const LOOKS = [
  ...THEMES.map((theme) => ({ theme, forcedColors: false })),
  { theme: 'dark', forcedColors: true } as const,
];

for (const { theme, forcedColors } of LOOKS) {
  const look = forcedColors ? 'forced-colors' : theme;
  if (onlyLook !== '' && look !== onlyLook) continue;
  for (const width of WIDTHS) {
    const panel = await harness.open({ theme, forcedColors, width });
    for (const state of STATES.filter(({ name }) => name.includes(onlyState))) {
      await enter(panel, state);
      await panel.page.evaluate('scrollTo(0, 0)');
      await picture(panel, `${state.name}-${look}-${width}`);
    }
    await panel.close();
    const report = await harness.openReport({ theme, forcedColors, width });
    for (const name of Object.keys(REPORTS) as ReportName[]) {
      if (!`report-${name}`.includes(onlyState)) continue;
      await report.show(name);
      await picture(report, `report-${name}-${look}-${width}`);
    }
    await report.close();
  }
}
await harness.close();
process.stdout.write(`Pictures are in ${folder}\n`);
