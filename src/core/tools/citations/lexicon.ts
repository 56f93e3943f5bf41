/**
 * The words of each language that decide what a sentence says, however much else is alike. Claim and source must have
 * them both or neither.
 */

export interface Lexicon {
  /** Deny what is said. */
  readonly negators: ReadonlySet<string>;
  /** Leave open whether it is so, or say that it was only tried, planned or said. */
  readonly hedges: ReadonlySet<string>;
  /** How many of it, how often, how exactly. */
  readonly quantifiers: ReadonlySet<string>;
  /** Who did what to whom, from where to where, before or after what. */
  readonly directions: ReadonlySet<string>;
  /** What begins with one of these limits what stands before it. */
  readonly restrictions: ReadonlySet<string>;
  /** What is said holds only then. */
  readonly conditions: ReadonlySet<string>;
  /** Articles, copulas and the like: a claim may say it with or without them. */
  readonly loose: ReadonlySet<string>;
  /** Make what follows part of a phrase. */
  readonly prepositions: ReadonlySet<string>;
  /** An adverbial that begins with one of these can stand elsewhere in its sentence and says the same. */
  readonly adverbial: ReadonlySet<string>;
  /** Join what could stand alone. */
  readonly conjunctions: ReadonlySet<string>;
  /** Stand for what was named before. */
  readonly pronouns: ReadonlySet<string>;
  /** `the book`, `this city`, `his wife`. */
  readonly determiners: ReadonlySet<string>;
  /** Name the document itself, as a claim may before it tells what it says. */
  readonly source: ReadonlySet<string>;
}

export type Language = 'en' | 'de' | 'fr' | 'es' | 'zh';

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Chinese has Japanese with it; of both each character is a word. */
const LEXICONS: Readonly<Record<Language, Lexicon>> = {
  en: {
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
      deny denied denies lack lacks lacked avoid avoided avoids prevent prevented prevents`,
    ),
    quantifiers: set(
      `all every each any some most many few several only both either half just mostly mainly partly entirely always
      often sometimes usually generally largely exclusively solely more less fewer least up about around
      approximately roughly exactly circa`,
    ),
    directions: set(
      `to from by for against before after since until above below over under into out down despite because unless if
      except whether although though instead versus like unlike or but`,
    ),
    restrictions: set(
      'only unless except if provided until till but than or not never without when whenever',
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
  },
  de: {
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
  },
  fr: {
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
  },
  es: {
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
  },
  zh: {
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
  },
};

export const lexiconOf = (language: Language): Lexicon => LEXICONS[language];

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;

/** By its function words; English where they do not tell. */
export function languageOf(text: string): Language {
  const sample = text.slice(0, 4000);
  const words = sample.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  if ((sample.match(UNSPACED)?.length ?? 0) * 2 > sample.replace(/[\s\d\p{P}]/gu, '').length) return 'zh';
  const hits = (language: Language) => words.filter((word) => LEXICONS[language].loose.has(word)).length;
  const [best, count] = (['de', 'fr', 'es'] as const)
    .map((language) => [language, hits(language)] as const)
    .reduce((a, b) => (b[1] > a[1] ? b : a));
  return count > hits('en') ? best : 'en';
}

/** 1.234 is more than a thousand there, and 3,5 less than four. */
export const hasDecimalComma = (language: Language): boolean =>
  language === 'de' || language === 'fr' || language === 'es';
