/** French. */
import type { Lexicon } from '../lexicon';
import { set } from './set';

export const FRENCH: Lexicon = {
  negators: set('ne pas jamais aucun aucune sans ni personne rien n'),
  hedges: set('peut peuvent pourrait doit devrait probablement presque semble prétend affirme dit'),
  quantifiers: set(
    `tous toutes tout toute chaque quelques plusieurs seulement plus moins toujours souvent environ exactement que`,
  ),
  directions: set('vers par pour contre avant après depuis jusque ou si mais'),
  restrictions: set('sauf si ou que sans seulement pas'),
  conditions: set('si'),
  loose: set(
    `le la les l un une des du de d est sont était étaient été a ont avait et en au aux dans sur qui ce cette il
    elle à s se`,
  ),
  prepositions: set('de du des à au aux dans par pour sur en d'),
  adverbial: set('en dans pendant à depuis'),
  conjunctions: set('et ou mais'),
  pronouns: set('il elle ils elles lui leur son sa ses ce cette'),
  determiners: set('le la les ce cette son sa'),
  source: set('selon source texte rapport document'),
  universals: set('tous toutes tout toute chaque jamais aucun aucune ne pas sans ni toujours seulement'),
  privatives: set('ancien ancienne faux fausse prétendu soi-disant futur vice projet'),
  nameParts: set('nord sud est ouest nouvelle nouveau saint'),
  superlatives: set('plus premier première dernier dernière seul seule'),
  attributions: set('selon prétendument probablement dit affirme prétend croit roman'),
  relatives: set('qui que dont où'),
  present: set('est sont a ont'),
  past: set('était étaient fut furent avait avaient'),
  agents: set('par'),
  mostLeftOut: 3,
};
