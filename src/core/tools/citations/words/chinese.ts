/** Chinese has Japanese with it; of both each character is a word. */
import type { Lexicon } from '../lexicon';
import { none, set } from './set';

export const CHINESE: Lexicon = {
  negators: set('不 没 沒 无 無 未 非 莫 勿 否 别 ない ず'),
  hedges: set('可 能 或 许 据 称 几 乎 应 会'),
  quantifiers: set('都 只 仅 全 每 最 更 约 超 各 些 多 少'),
  directions: set('从 到 向 由 被 把 对 比 前 后 至'),
  restrictions: set('但 除 只 不 未 没'),
  conditions: set('若 如 果'),
  loose: set('的 了 是 在 于 於 和 与 與 及 之 也 这 這 那 其 为 為 に は が を の で と も て た'),
  prepositions: set('在 于 从 由 对'),
  adverbial: set('在 于'),
  conjunctions: set('和 或 但 与'),
  pronouns: set('他 她 它 们 其'),
  determiners: set('该 此 这'),
  source: set('根 据'),
  universals: set('都 全 每 各 不 没 沒 无 無 未 非 只 仅'),
  privatives: set('前 副 假 伪 南 北 东 西 新'),
  nameParts: none,
  superlatives: none,
  attributions: set('据 称 说'),
  relatives: none,
  present: none,
  past: none,
  agents: none,
  // A word is several characters, and none of them can go.
  mostLeftOut: 0,
};
