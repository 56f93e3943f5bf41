/** The types of what the npm package exports, each in one file that imports nothing of this project. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateDtsBundle } from 'dts-bundle-generator';

const root = path.resolve(import.meta.dirname, '..');

/** By the file beside which they stand. */
const ENTRIES = { core: 'src/core/assistant.ts', node: 'src/library.ts' };

/** Takes about 20 s. @param {string} target the package's folder */
export function writeDeclarations(target) {
  const names = Object.keys(ENTRIES);
  const bundles = generateDtsBundle(
    Object.values(ENTRIES).map((file) => ({
      filePath: path.join(root, file),
      // The parameters of a tool of the core; it is the one package that its types name.
      libraries: { importedLibraries: ['zod'] },
      output: { noBanner: true },
      // By its consumers, in the tests.
      noCheck: true,
    })),
    { preferredConfigPath: path.join(root, 'tsconfig.types.json') },
  );
  for (const [i, text] of bundles.entries()) writeFileSync(path.join(target, `${names[i]}.d.ts`), text);
}
