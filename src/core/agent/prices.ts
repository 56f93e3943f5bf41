/** The user's table of prices. */
import type { Price, Prices } from './limits';

/** Undefined where there is none: a cost that is not known is never taken for nothing. */
export const priceOf = (prices: Prices, model: string): Price | undefined =>
  Object.hasOwn(prices, model) ? prices[model] : undefined;

export interface PriceTable {
  readonly prices: Prices;
  /** Models whose entries are wrong: they count as not there, and the user is told. */
  readonly wrong: readonly string[];
}

/** Reads `{"model": {"input": 0.5, "output": 1.5}}`, US dollars a million tokens, as a person wrote it. */
export function readPrices(value: unknown): PriceTable {
  if (value === undefined || value === null) return { prices: {}, wrong: [] };
  if (typeof value !== 'object' || Array.isArray(value))
    return { prices: {}, wrong: [JSON.stringify(value)] };
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  return {
    prices: Object.fromEntries(
      entries.flatMap(([model, price]) => (isPrice(price) ? [[model, price] as const] : [])),
    ),
    wrong: entries.flatMap(([model, price]) => (isPrice(price) ? [] : [model])),
  };
}

const isPrice = (value: unknown): value is Price =>
  typeof value === 'object' &&
  value !== null &&
  'input' in value &&
  'output' in value &&
  isDollars(value.input) &&
  isDollars(value.output);

const isDollars = (value: unknown): boolean =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;
