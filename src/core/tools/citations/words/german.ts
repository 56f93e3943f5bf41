/** German. */
import type { Lexicon } from '../lexicon';
import { set } from './set';

export const GERMAN: Lexicon = {
  negators: set('nicht kein keine keinen keinem keiner keines nie niemals niemand nichts ohne weder kaum'),
  hedges: set(
    `kann können könnte könnten darf dürfte soll sollen sollte sollten muss müssen musste will wollte
    möglicherweise vielleicht wahrscheinlich vermutlich angeblich fast beinahe scheint behauptet glaubt sagt sagte
    geplant versuchte`,
  ),
  quantifiers: set(
    `alle jeder jede jedes einige manche viele wenige nur mehr weniger mindestens höchstens immer oft meist
    meistens etwa rund ungefähr circa genau`,
  ),
  directions: set('von nach vor zu gegen bis über unter aus oder wenn falls ob obwohl durch für aber'),
  restrictions: set('nicht nur außer wenn falls bis oder als ohne'),
  conditions: set('wenn falls ob sofern'),
  loose: set(
    `der die das den dem des ein eine einen einem einer eines ist sind war waren wird werden wurde wurden worden
    hat haben hatte hatten und in im an am auf mit bei beim zum zur dass welche welcher welches auch jedoch sich
    es dies diese dieser dieses da so`,
  ),
  prepositions: set(
    'von in im an am auf bei mit für gegen unter über zwischen nach vor aus durch zu zum zur um',
  ),
  adverbial: set('in im an am seit während nach vor'),
  conjunctions: set('und oder aber'),
  pronouns: set('er sie es ihn ihm ihr ihre ihren sein seine seinen dieser diese dieses'),
  determiners: set('der die das den dem dieser diese dieses sein seine ihr ihre'),
  source: set('laut gemäß quelle dokument bericht text zufolge'),
  universals: set('alle jeder jede jedes nie niemals nicht kein keine keinen niemand nichts ohne nur immer'),
  privatives: set(
    'ehemalige ehemaliger ehemaligen frühere früherer angebliche angeblicher falsche falscher geplante geplanter sogenannte vize stellvertretende stellvertretender',
  ),
  nameParts: set('neu neue nord süd ost west alt ober unter'),
  superlatives: set('größte größter größten kleinste höchste längste älteste erste letzte einzige meisten'),
  attributions: set(
    'laut angeblich vermutlich wahrscheinlich vielleicht möglicherweise zufolge sagt sagte behauptet behauptete glaubt glaubte meint meinte roman',
  ),
  relatives: set('welcher welche welches deren dessen'),
  present: set('ist sind wird werden hat haben'),
  past: set('war waren wurde wurden hatte hatten'),
  agents: set('von durch'),
  mostLeftOut: 3,
};
