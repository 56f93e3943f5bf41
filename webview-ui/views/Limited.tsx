import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

/** Rows that a click brings at least; they take less than a frame or two. */
const MORE = 100;

interface Props<T> {
  readonly items: readonly T[];
  /** How many are in the page at first, and how many more a click brings. */
  readonly step: number;
  /** `end`: the latest ones are shown, as in a log. */
  readonly from: 'start' | 'end';
  /** Says how many are not shown: `12 more files`. */
  readonly rest: (hidden: number) => string;
  readonly children: (item: T) => ComponentChildren;
}

/** Rows of a list, a window of them at a time: thousands of rows would slow every paint. */
export function Limited<T>({ items, step, from, rest, children }: Props<T>) {
  const [limit, setLimit] = useState(step);
  const hidden = Math.max(0, items.length - limit);
  const shown = from === 'start' ? items.slice(0, limit) : items.slice(hidden);
  const more = hidden > 0 && (
    <li class="more" key="more">
      <button type="button" class="link" onClick={() => setLimit(limit + Math.max(step, MORE))}>
        {rest(hidden)}
      </button>
    </li>
  );
  return (
    <>
      {from === 'end' && more}
      {shown.map(children)}
      {from === 'start' && more}
    </>
  );
}
