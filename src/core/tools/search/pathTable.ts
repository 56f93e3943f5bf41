/** The paths of a folder, looked up whole and by file name. */
import type { PathLookup } from './links';

export class PathTable implements PathLookup {
  readonly #paths = new Set<string>();
  readonly #byName = new Map<string, Set<string>>();

  add(path: string): void {
    this.#paths.add(path);
    for (const name of namesOf(path)) this.#byName.set(name, (this.#byName.get(name) ?? new Set()).add(path));
  }

  delete(path: string): void {
    this.#paths.delete(path);
    for (const name of namesOf(path)) {
      const paths = this.#byName.get(name);
      paths?.delete(path);
      if (paths?.size === 0) this.#byName.delete(name);
    }
  }

  has(path: string): boolean {
    return this.#paths.has(path);
  }

  named(name: string): readonly string[] {
    return [...(this.#byName.get(name.toLowerCase()) ?? [])];
  }
}

/** With and without the extension. */
function namesOf(path: string): string[] {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const stem = name.replace(/(?<=.)\.[^.]+$/, '');
  return stem === name ? [name] : [name, stem];
}
