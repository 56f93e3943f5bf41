/** Pairs of words of which one says the opposite of the other. */

const PAIRS = `
  increase decrease|increased decreased|increases decreases|increasing decreasing|rise fall|rose fell|risen fallen|rises falls|rising falling
  grow shrink|grew shrank|more less|more fewer|before after|first last|first second|north south|east west|northern southern|eastern western
  northeast southwest|northwest southeast|high low|higher lower|highest lowest|largest smallest|larger smaller|big small|large small|long short
  longer shorter|longest shortest|above below|over under|early late|earlier later|earliest latest|maximum minimum|max min|most least|all none|all some
  always never|always sometimes|win lose|won lost|wins loses|victory defeat|accept reject|accepted rejected|approve reject|approved rejected|allow forbid
  allowed forbidden|permitted prohibited|legal illegal|open closed|opened closed|open close|opens closes|true false|begin end|began ended|begins ends|start end|started ended
  starts ends|start stop|started stopped|gain loss|gained lost|add remove|added removed|with without|include exclude|includes excludes|included excluded
  hot cold|hotter colder|warm cool|wet dry|old new|older newer|older younger|oldest youngest|old young|male female|man woman|men women|boy girl|father mother|son daughter
  brother sister|husband wife|king queen|born died|birth death|alive dead|left right|top bottom|upper lower|inside outside|internal external|public private
  positive negative|strong weak|stronger weaker|strongest weakest|fast slow|faster slower|fastest slowest|rich poor|cheap expensive|safe dangerous|same different|similar different
  buy sell|bought sold|import export|imports exports|imported exported|enter leave|entered left|arrive depart|arrived departed|ascend descend|up down|forward backward
  success failure|succeeded failed|support oppose|supported opposed|supports opposes|agree disagree|agreed disagreed|majority minority|many few|possible impossible|able unable|likely unlikely
  known unknown|complete incomplete|direct indirect|present absent|present past|ancient modern|major minor|heavy light|heavier lighter|deep shallow|deeper shallower|wide narrow|thick thin|full empty
  best worst|better worse|good bad|love hate|friend enemy|ally enemy|attack defend|day night|morning evening|summer winter|spring autumn|import export|input output|parent child|teacher student
  steigen sinken|stieg sank|gestiegen gesunken|größer kleiner|größte kleinste|mehr weniger|vor nach|nördlich südlich|östlich westlich|norden süden|osten westen|erste letzte|hoch niedrig|höher niedriger|alt neu|offen geschlossen|gewann verlor
  北 南|东 西|上 下|前 后|多 少|大 小|高 低|增 减|升 降|新 旧|开 关|左 右|男 女|胜 败|先 后|长 短`;

const opposites = new Set(
  PAIRS.trim()
    .split(/[|\n]\s*/)
    .flatMap((pair) => {
      const [a = '', b = ''] = pair.trim().split(' ');
      return [`${a} ${b}`, `${b} ${a}`];
    }),
);

/** increase and decrease; likely and unlikely; smoker and non-smoker. */
export function areOpposite(a: string, b: string): boolean {
  if (opposites.has(`${a} ${b}`)) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return (
    short.length > 3 &&
    /^(?:un|non|in|im|il|ir|dis|mis|anti|de)$/.test(long.slice(0, long.length - short.length)) &&
    long.endsWith(short)
  );
}
