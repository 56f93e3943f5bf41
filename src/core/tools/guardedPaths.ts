/**
 * Paths whose files decide what runs, or what an agent is told: what writes to them always asks, whatever rules allow.
 * By the path alone; who asks gives it as written and as it is behind all links.
 */

export interface Surroundings {
  /** The user's home folder; absolute. */
  readonly home: string;
  /** Folders of settings and of memory; absolute. */
  readonly folders: readonly string[];
}

const all = (what: string, ...names: readonly string[]) => names.map((name) => [name, what] as const);

/** Folders anywhere on the way: what is in them configures an editor, git or an agent. */
const FOLDERS: ReadonlyMap<string, string> = new Map([
  ...all('the settings of an editor', '.vscode'),
  ...all('git’s own files', '.git'),
  ...all('hooks of git', '.husky', '.githooks'),
  ...all('what a container runs', '.devcontainer'),
  ...all('instructions of an agent', '.claude', '.cursor', '.codex', '.gemini', '.windsurf'),
]);

const FILES: ReadonlyMap<string, string> = new Map([
  ...all('instructions of an agent', 'agents.md', 'agent.md', 'claude.md', 'gemini.md'),
  ...all(
    'instructions of an agent',
    'copilot-instructions.md',
    '.cursorrules',
    '.windsurfrules',
    '.clinerules',
  ),
  ...all('settings of git', '.gitmodules', '.gitattributes', '.gitconfig'),
  ...all('programs that agents start', '.mcp.json', 'mcp.json'),
  ...all('what a shell runs', '.envrc'),
]);

/** In `.github`: what agents read, and what runs when it is pushed. */
const GITHUB: ReadonlySet<string> = new Set([
  'instructions',
  'prompts',
  'chatmodes',
  'agents',
  'workflows',
  'hooks',
]);

/** What a path is that is guarded, in a few words; undefined for any other. Total, whatever the text. */
export function guardOf(file: string, { home, folders }: Surroundings): string | undefined {
  const parts = partsOf(file);
  const isIn = (folder: string) => startsWith(parts, partsOf(folder));
  if (folders.some((folder) => folder !== '' && isIn(folder))) return 'settings or memory of the user';
  const below = home !== '' && isIn(home) ? parts[partsOf(home).length] : undefined;
  if (below?.startsWith('.')) return 'a hidden file of the home folder';
  for (const [index, part] of parts.entries()) {
    const folder = FOLDERS.get(part);
    if (folder !== undefined) return folder;
    if (part === '.github' && GITHUB.has(parts[index + 1] ?? ''))
      return 'instructions or workflows of the repository';
  }
  const name = parts.at(-1) ?? '';
  if (name.endsWith('.code-workspace')) return 'the settings of a workspace';
  return FILES.get(name);
}

/** As file systems compare names that know no case, or leave out what is not seen: the stricter of all. */
function partsOf(file: string): readonly string[] {
  const parts: string[] = [];
  for (const raw of file.normalize('NFKC').split(/[\\/]/)) {
    const part = raw
      .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
      .toLowerCase()
      // Windows: a stream of the file, dots and blanks at its end, the short name of `.git`.
      .replace(/(?<=.):.*/s, '')
      .replace(/(?<=[^. ])[. ]+$/, '')
      .replace(/^git~\d+$/, '.git');
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts;
}

const startsWith = (parts: readonly string[], beginning: readonly string[]): boolean =>
  beginning.every((part, index) => part === parts[index]);
