/**
 * An extension that the activation of ours is compared with, in the same extension host: the same kind of work, which
 * VS Code does for both, and none of our own. It is there first, and takes the time of the processor for both between the
 * marks that they set: how busy the machine is makes no difference to that. Called by test/editor/run.mjs before the
 * editor starts.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** About as many as Memento registers. */
const COMMANDS = 60;
const VIEWS = 2;
/** Functions that are compiled and called once each, as those of a start-up are. */
const FUNCTIONS = 400;

const MANIFEST = {
  name: 'reference',
  publisher: 'memento-research',
  version: '0.0.1',
  type: 'module',
  engines: { vscode: '^1.105.0' },
  main: './main.js',
  activationEvents: ['*'],
  contributes: {
    views: {
      explorer: Array.from({ length: VIEWS }, (_, n) => ({
        id: `reference.view${n}`,
        name: `Reference ${n}`,
      })),
    },
  },
};

const MAIN = `
import * as vscode from 'vscode';

${Array.from({ length: FUNCTIONS }, (_, n) => functionOf(n)).join('\n')}

/** Milliseconds that this thread has had a processor; what the clock says where Node cannot tell. */
const spent = () => {
  if (typeof process.threadCpuUsage !== 'function') return performance.now();
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/** Leaves the measure NAME.cpu beside each measure NAME that begins at the mark NAME.start. */
function watchMarks() {
  const { mark, measure } = performance;
  const begun = new Map();
  performance.mark = (name, ...rest) => {
    begun.set(name, spent());
    return mark.call(performance, name, ...rest);
  };
  performance.measure = (name, start, ...rest) => {
    const duration = spent() - begun.get(start);
    if (begun.has(start)) measure.call(performance, name + '.cpu', { start: 0, duration });
    return measure.call(performance, name, start, ...rest);
  };
}

export function activate({ subscriptions }) {
  watchMarks();
  performance.mark('reference.activate.start');
  const values = [];
  ${Array.from({ length: FUNCTIONS }, (_, n) => `values.push(step${n}(values));`).join(' ')}
  subscriptions.push(vscode.window.createOutputChannel('Reference', { log: true }));
  for (let n = 0; n < ${COMMANDS}; n++) {
    subscriptions.push(vscode.commands.registerCommand('reference.command' + n, () => values[n]));
  }
  for (let n = 0; n < ${VIEWS}; n++) {
    const changed = new vscode.EventEmitter();
    const treeDataProvider = {
      onDidChangeTreeData: changed.event,
      getTreeItem: (item) => new vscode.TreeItem(item),
      getChildren: () => [],
    };
    subscriptions.push(changed, vscode.window.createTreeView('reference.view' + n, { treeDataProvider }));
  }
  performance.measure('reference.activate', 'reference.activate.start');
}
`;

function functionOf(n: number): string {
  return `function step${n}(values) {
  const some = Array.from({ length: ${20 + (n % 7)} }, (_, i) => ({ name: 'item ' + (i * ${n + 1}), value: i % ${2 + (n % 5)} }));
  const chosen = some.filter(({ value }) => value !== ${n % 3}).map(({ name }) => name);
  return new Map(chosen.map((name, i) => [name, values.length + i])).size;
}`;
}

interface Sandbox {
  readonly extensionsDir: string;
}

export default function prepare({ extensionsDir }: Sandbox): Promise<Readonly<Record<string, string>>> {
  const folder = path.join(extensionsDir, `${MANIFEST.publisher}.${MANIFEST.name}-${MANIFEST.version}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(MANIFEST));
  writeFileSync(path.join(folder, 'main.js'), MAIN);
  return Promise.resolve({});
}
