/** Languages of which only the words of denial are known: nothing but what commas part may be left out of them. */
import type { Lexicon } from '../lexicon';
import { none, set } from './set';

/** Of Italian, Portuguese, Romanian, Dutch, Scandinavian, Slavic, Finnish, Hungarian, Greek, Turkish, Arabic, Hebrew, Korean, Indic … */
export const NEGATORS = set(
  `non mai nessuno nessuna senza né não nunca nenhum nenhuma sem nem nu niciodată fără niet geen nooit zonder niemand inte
  icke aldrig utan ingen inget inga ikke aldri uten intet nie nigdy bez żaden nikt ne není nikdy žádný nikdo ani
  не ни нет никогда нельзя без никто ничего ничто немає ні ніколи няма никой
  eivät emme ette eikä ilman nem nincs soha sem δεν δε μη μην ποτέ χωρίς κανείς κανένας değil yok hayır asla
  لا لم لن ليس ليست ليسوا غير بدون دون לא אין אינו אינה בלי מעולם 않 아니다 아니라 없다 못 안 नहीं न मत बिना không chưa chẳng
  ไม่ tidak bukan belum tanpa hindi walang`,
);

export const OTHER: Lexicon = {
  negators: NEGATORS,
  hedges: none,
  quantifiers: none,
  directions: none,
  restrictions: NEGATORS,
  conditions: none,
  loose: none,
  prepositions: none,
  adverbial: none,
  conjunctions: none,
  pronouns: none,
  determiners: none,
  source: none,
  universals: NEGATORS,
  privatives: none,
  nameParts: none,
  superlatives: none,
  attributions: none,
  relatives: none,
  present: none,
  past: none,
  agents: none,
  mostLeftOut: 0,
};
