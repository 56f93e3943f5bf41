/**
 * Stands in for a real model, so that the example needs neither key nor network. It understands nothing: as planner it
 * has the one plan, as executor it searches, then asks `weekday` for the first date that it sees, and its answer quotes
 * what came of both. `id` and `complete` are all that a model of your own has to have.
 */
export const rehearsedModel = {
  id: 'rehearsed',
  async complete({ messages, tools }) {
    const { role, content } = messages.at(-1);
    if (!tools) return reply(JSON.stringify(planOrAnswer(content)));
    if (role === 'user') return reply('', call('search_workspace', { query: 'North Buoy broke loose' }));
    const date = /\d+ [A-Z]\w+ \d{4}/.exec(content)?.[0];
    return content.includes(`${date} is a`) ? reply('Both are known.') : reply('', call('weekday', { date }));
  },
};

const call = (name, args) => ({ id: name, name, arguments: JSON.stringify(args) });

const reply = (text, ...toolCalls) => ({
  ok: true,
  value: { text, toolCalls, finish: toolCalls.length > 0 ? 'tool_calls' : 'stop', usage: undefined },
});

/** What a planner is shown of each piece of evidence. */
const EVIDENCE = /<evidence id="(e\d+)" source="[^"]+">\n([^<]+)/g;

function planOrAnswer(prompt) {
  const quoted = (words) => {
    for (const [, id, text] of prompt.matchAll(EVIDENCE)) {
      const sentence = words.exec(text.replaceAll('\n', ' '))?.[0];
      if (sentence) return `“${sentence}” [${id}]`;
    }
  };
  const weekday = quoted(/\S+ \w+ \d{4} is a \w+\./);
  if (!weekday) return { plan: [{ id: 1, description: 'Find the date, then its day of the week' }] };
  return { answer: `${quoted(/On [^.]*broke loose[^.]*\./)} ${weekday}` };
}
