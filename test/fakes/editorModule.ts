import { createRequire } from 'node:module';
import path from 'node:path';
import { compileFunction } from 'node:vm';
import { build } from 'esbuild';

/** A module of src/vscode over an editor that is only what a test gives: it throws where the module uses more of it. */
export async function editorModule(file: string, vscode: object): Promise<Readonly<Record<string, unknown>>> {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    packages: 'external',
    logLevel: 'silent',
  });
  const code = outputFiles[0]?.text ?? '';
  const require = createRequire(path.resolve(file));
  const module: { exports: Readonly<Record<string, unknown>> } = { exports: {} };
  const load = (name: string): unknown => (name === 'vscode' ? vscode : require(name));
  const wrapper: unknown = compileFunction(code, ['module', 'exports', 'require'], { filename: file });
  if (typeof wrapper === 'function') Reflect.apply(wrapper, undefined, [module, module.exports, load]);
  return module.exports;
}

/** What a user and a folder have set, by whole names. */
export interface SetValues {
  readonly user?: Readonly<Record<string, unknown>>;
  readonly workspace?: Readonly<Record<string, unknown>>;
}

/** `vscode.workspace.getConfiguration` over both; the folder's value wins where a module reads the merged one. */
export const configurationOf =
  ({ user = {}, workspace = {} }: SetValues) =>
  (section: string) => ({
    get: (key: string): unknown => workspace[`${section}.${key}`] ?? user[`${section}.${key}`],
    inspect: (key: string) => ({
      globalValue: user[`${section}.${key}`],
      workspaceValue: workspace[`${section}.${key}`],
      workspaceFolderValue: workspace[`${section}.${key}`],
    }),
  });
