/** Spanish. */
import type { Lexicon } from '../lexicon';
import { set } from './set';

export const SPANISH: Lexicon = {
  negators: set('no nunca jamás ningún ninguna ninguno sin nadie nada tampoco ni'),
  hedges: set('puede pueden podría debe debería quizás probablemente casi parece dice afirma'),
  quantifiers: set(
    `todos todas todo toda algunos muchas muchos cada sólo solo solamente más menos siempre aproximadamente`,
  ),
  directions: set('hasta desde antes después contra para por o si pero hacia'),
  restrictions: set('sólo solo excepto salvo si o sin no'),
  conditions: set('si'),
  loose: set(
    'el la los las un una unos unas de del al es son era eran fue fueron ha han y en con que se lo su a',
  ),
  prepositions: set('de del en por para con a al'),
  adverbial: set('en durante desde'),
  conjunctions: set('y o pero'),
  pronouns: set('él ella ellos ellas su sus'),
  determiners: set('el la los las este esta su'),
  source: set('según fuente texto informe documento'),
  universals: set('todos todas todo toda cada nunca ningún ninguna no sin ni siempre sólo solo'),
  privatives: set('ex antiguo antigua falso falsa presunto presunta supuesto futuro vice'),
  nameParts: set('norte sur este oeste nueva nuevo san santa'),
  superlatives: set('más primer primera primero último última único única'),
  attributions: set('según presuntamente supuestamente probablemente dice dijo afirma afirmó cree novela'),
  relatives: set('que quien cuyo donde'),
  present: set('es son está están ha han'),
  past: set('era eran fue fueron estaba había'),
  agents: set('por'),
  mostLeftOut: 3,
};
