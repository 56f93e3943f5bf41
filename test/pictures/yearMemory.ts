/** For `--prepare` of test/editor/run.mjs: the simulated year that the picture of the memory report is made with. */
import { encode } from '../../bench/demonstration/encode';
import { liveYear } from '../../bench/demonstration/year';
import { openSandboxBank, type Sandbox } from './memory';

const RUNS = 1500;

export default async function prepare(sandbox: Sandbox): Promise<Readonly<Record<string, string>>> {
  const bank = await openSandboxBank(sandbox);
  await liveYear(bank, { seed: 1, runs: RUNS, until: Date.now(), encode });
  await bank.dispose();
  return {};
}
