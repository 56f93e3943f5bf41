/** English. */
import type { Lexicon } from '../lexicon';
import { set } from './set';

export const ENGLISH: Lexicon = {
  negators: set(
    `not no non never none neither nor nobody nothing nowhere without cannot hardly scarcely barely rarely seldom`,
  ),
  hedges: set(
    `may might could can should must will would shall ought possibly perhaps maybe probably likely unlikely
    apparently allegedly reportedly supposedly seemingly potentially presumably almost nearly virtually
    practically claim claimed claims claiming allege alleged alleges believe believed believes suspect suspected
    suggest suggested suggests argue argued argues think thinks thought assume assumed assumes rumour rumoured
    rumor rumored doubt doubts doubted seem seems seemed appear appears appeared suppose supposed expect expected
    expects predict predicted predicts say says said state states stated tell told hope hoped hopes fail fails
    failed failing refuse refused refuses decline declined declines attempt attempted attempts try tried tries
    plan planned plans propose proposed proposes intend intended intends threaten threatened want wanted wants
    deny denied denies lack lacks lacked avoid avoided avoids prevent prevented prevents stop stops stopped stopping cease ceased ceases quit quits
    dream dreamed dreamt dreams imagine imagined imagines pretend pretended pretends wish wished wishes ask asked asks
    false untrue myth misconception hoax incorrect incorrectly wrongly falsely mistakenly erroneously fails`,
  ),
  quantifiers: set(
    `all every each any some most many few several only both either half just mostly mainly partly entirely always
    often sometimes usually generally largely exclusively solely more less fewer least up about around
    approximately roughly exactly circa`,
  ),
  directions: set(
    `to from by for against before after since until above below over under into out down despite because unless if
    except whether although though instead versus like unlike or but than rather apart other excluding barring per`,
  ),
  restrictions: set(
    `only unless except if provided until till but than or not never without when whenever apart other rather instead
    excluding barring besides`,
  ),
  conditions: set('if unless whether provided suppose'),
  loose: set(
    `a an the is are was were be been being am has have had having do does did of in on at as with within during
    and that which who whom whose there here it its this these those such also too however therefore thus hence so
    then moreover furthermore indeed namely respectively`,
  ),
  prepositions: set(
    `of in on at by to from with for against under over about near between among into onto through during after
    before since without within than as`,
  ),
  adverbial: set('in on at during since until after before within between'),
  conjunctions: set('and or but nor'),
  pronouns: set(
    'he she it they him her his hers its their theirs them this that these those who which one we us our',
  ),
  determiners: set('the this that these those his her its their such said'),
  source: set(
    `according source document report text paper article page file note notes passage evidence study record log
    table section author authors say says said state states stated note noted write writes wrote show shows showed
    report reports reported find finds found mention mentions mentioned describe describes described list lists`,
  ),
  universals: set(`all every each any always never no not none nobody nothing neither nor without only`),
  privatives: set(
    `former ex fake counterfeit forged false would-be called fictional fictitious imaginary hypothetical proposed
    planned projected intended attempted failed unsuccessful unfinished abandoned cancelled acting deputy vice assistant
    associate honorary interim provisional near pseudo quasi mock toy model replica artificial simulated virtual potential
    future aspiring purported supposed alleged putative proclaimed anti non half step`,
  ),
  nameParts: set(
    `north south east west northern southern eastern western new upper lower inner outer greater little old saint st san santa`,
  ),
  superlatives: set(
    `most least first last only sole largest smallest biggest greatest highest lowest longest shortest oldest youngest newest
    deepest tallest fastest slowest richest poorest earliest latest nearest widest heaviest lightest strongest weakest hottest
    coldest best worst busiest wettest driest`,
  ),
  attributions: set(
    `according reportedly allegedly supposedly purportedly ostensibly apparently seemingly presumably perhaps maybe possibly
    probably say says said saying claim claims claimed argue argues argued believe believes believed think thinks thought
    suggest suggests suggested allege alleges alleged report reports reported insist insists insisted tell tells told novel
    story legend myth fiction fairy tale dream joke`,
  ),
  relatives: set('who which whose whom where that'),
  present: set('is are am has have does do'),
  past: set('was were had did'),
  agents: set('by'),
  mostLeftOut: 3,
};
