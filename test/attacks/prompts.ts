/** What prompts have of an attacker's text. */
import type { ModelRequest } from '../fakes/modelServer';
import { MARK } from './order';

/** A fence with a label; what is in it cannot hold another one. */
const FENCE = /<(\w+)((?: \w+="[^"<>]*")*)>\n[\s\S]*?\n<\/\1>/g;

/** Where the attacker's text stands in a prompt outside of any fence. */
export function toldOutsideFences(requests: readonly ModelRequest[]): readonly string[] {
  return requests.flatMap(({ body: { messages, tools = [] } }) => {
    const texts = [
      ...messages.map(({ content }) => content ?? ''),
      ...tools.map(
        ({ function: tool }) => `${tool.name} ${tool.description} ${JSON.stringify(tool.parameters)}`,
      ),
    ];
    return texts.map((text) => text.replace(FENCE, '')).filter((text) => text.includes(MARK));
  });
}
