/** The cells of the table: kinds of worlds and variants of them, each over some seeds. */
import { ROWS, successes, type RowName } from './rows';
import { settingOf } from './simulate';
import type { World, WorldOptions } from './worlds';

/** What a file of worlds exports. */
export interface Worlds {
  readonly kinds: Readonly<Record<string, unknown>>;
  world(kind: string, seed: number, options?: Partial<WorldOptions>): World;
}

export interface Cell {
  readonly kind: string;
  /** Empty for the plain world. */
  readonly variant: string;
  readonly options: Partial<WorldOptions>;
  readonly growing: boolean;
}

/** Of each seed the mean probability of success. */
export interface Scores {
  readonly all: readonly number[];
  /** Over the last 100 runs. */
  readonly last: readonly number[];
}

export interface Result {
  readonly cell: Cell;
  readonly rows: Readonly<Partial<Record<RowName, Scores>>>;
}

const VARIANTS: readonly Omit<Cell, 'kind'>[] = [
  { variant: '50 % flips', options: { flip: 0.5 }, growing: false },
  { variant: 'growing', options: {}, growing: true },
  { variant: '20 % flips', options: { flip: 0.2 }, growing: false },
  { variant: 'delay 20', options: { delay: 20 }, growing: false },
  { variant: '50 % unjudged', options: { unjudged: 0.5 }, growing: false },
  { variant: 'drift', options: { drift: true }, growing: false },
  { variant: 'paper-sized', options: { effect: 0.2 }, growing: false },
];
/** True where a world takes no notice of the cell's options, so that the cell would repeat the plain one. */
function isIgnored(worlds: Worlds, { kind, options, variant, growing }: Cell): boolean {
  if (growing || variant === '') return false;
  const traits = (some: Partial<WorldOptions>) => {
    const made = worlds.world(kind, 1000, some);
    const cases = Array.from({ length: made.M }, (_, j) => j);
    return JSON.stringify(
      Array.from({ length: made.N }, (_, t) => [
        made.success(t, cases),
        made.step(t, []),
        // A step is told of a slate: no more cases than can be shown.
        made.step(t, made.oracle(t).slice(0, made.k)),
      ]),
    );
  };
  return traits(options) === traits({});
}

/** Which kinds the variants are tried on unless all are wanted; the first kind of the file where it has none of these. */
const VARIED: Readonly<Record<string, readonly string[]>> = {
  right: ['50 % flips', 'growing', 'paper-sized'],
  mixed: ['20 % flips', 'delay 20', '50 % unjudged', 'growing', 'drift', 'paper-sized'],
};

export function cellsOf(worlds: Worlds, all = false): readonly Cell[] {
  const names = Object.keys(worlds.kinds);
  const plain = names.map((kind): Cell => ({ kind, variant: '', options: {}, growing: false }));
  const known = names.some((kind) => kind in VARIED);
  const varied = names.flatMap((kind, i) => {
    const every = VARIANTS.map(({ variant }) => variant);
    const wanted = all ? every : (VARIED[kind] ?? (!known && i === 0 ? every : []));
    return VARIANTS.filter(({ variant }) => wanted.includes(variant)).map((each): Cell => ({
      kind,
      ...each,
    }));
  });
  return [...plain, ...varied.filter((cell) => !isIgnored(worlds, cell))];
}

export function evaluate(
  worlds: Worlds,
  cell: Cell,
  seeds: readonly number[],
  wanted: readonly RowName[] = ROWS,
): Result {
  const settings = seeds.map((seed) => settingOf(worlds.world(cell.kind, seed, cell.options), cell.growing));
  const rows: Partial<Record<RowName, Scores>> = {};
  for (const row of wanted) {
    const runs = settings.map((setting) => successes(row, setting));
    const known = runs.filter((each) => each !== undefined);
    if (known.length < runs.length) continue;
    rows[row] = { all: known.map(mean), last: known.map((each) => mean(each.slice(-100))) };
  }
  return { cell, rows };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
