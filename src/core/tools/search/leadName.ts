/** The name that an article without a title gives itself: `Demon Dice, originally published as …`. */

const WORD = String.raw`(?:["“'‘]?[\p{Lu}\p{N}][^\s,;:()?!]*|of|the|and|in|on|for|at|to|a|de|la|le|du|van|von|der|di|da|del|al|y|et|&|–|-)`;
const LEAD = new RegExp(
  String.raw`^(?:(?:The|An?)\s+)?(${WORD}(?:\s+${WORD}){0,8}?)(?:,|\s+\(|\s+(?:is|was|are|were|has|refers)\s)`,
  'u',
);

/** The subject of the first sentence, where it looks like a name. */
export function leadName(text: string): string | undefined {
  const body = text.replace(/^(?:#.*(?:\r\n|\n|\r)|\s)+/, '').slice(0, 300);
  const name = LEAD.exec(body)?.[1]?.replace(/^["“'‘*_]+|["”'’*_]+$/g, '');
  return name === undefined ||
    name.length < 3 ||
    /^(?:It|This|That|There|He|She|We|They|I|You|In|On|At|For|To|A)$/.test(name)
    ? undefined
    : name;
}
