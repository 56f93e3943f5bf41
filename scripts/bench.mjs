/**
 * `npm run bench -- <name> [arguments]`: runs bench/<name>.ts or .mjs; without a name all of them, into one table
 * (bench/table/all.ts tells its options, `--list` the names).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '../bench');
const [name = '', ...rest] = process.argv.slice(2);
const isAll = name === '' || name.startsWith('-');
const file = isAll
  ? path.join(folder, 'table/all.ts')
  : ['.ts', '.mjs'].map((ending) => path.join(folder, `${name}${ending}`)).find((each) => existsSync(each));

if (!file) {
  const names = readdirSync(folder).filter((each) => /\.(ts|mjs)$/.test(each));
  console.error(`There is no benchmark “${name}”. npm run bench -- NAME, one of:`);
  for (const each of names) console.error(`  ${path.parse(each).name}`);
  process.exit(2);
}
const loader = file.endsWith('.ts') ? ['--import', 'tsx'] : [];
const words = isAll ? process.argv.slice(2) : rest;
process.exitCode = spawnSync(process.execPath, [...loader, file, ...words], { stdio: 'inherit' }).status ?? 1;
