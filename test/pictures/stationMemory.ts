/** For `--prepare` of test/editor/run.mjs: the memory that the pictures of the panel are made with. */
import { encode } from '../../bench/demonstration/encode';
import { openSandboxBank, type Sandbox } from './memory';
import { stationRecords } from './stationCases';

export default async function prepare(sandbox: Sandbox): Promise<Readonly<Record<string, string>>> {
  const bank = await openSandboxBank(sandbox);
  await bank.importAll(await stationRecords(Date.now(), encode));
  await bank.dispose();
  return {};
}
