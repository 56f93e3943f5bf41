import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import * as z from 'zod';
import {
  FEEDBACK_INPUT,
  parseInput,
  RESEARCH_INPUT,
  SEARCH_INPUT,
} from '../../../src/vscode/served/toolInput';

const MANIFEST = z.object({
  contributes: z.object({
    languageModelTools: z.array(
      z.object({ name: z.string(), inputSchema: z.record(z.string(), z.unknown()) }),
    ),
  }),
});
const { contributes } = MANIFEST.parse(JSON.parse(readFileSync('package.json', 'utf8')));

/** Without what is said to a model only. */
const bare = (schema: unknown): unknown =>
  JSON.parse(JSON.stringify(schema), (name, value: unknown) =>
    ['description', '$schema', 'additionalProperties'].includes(name) ? undefined : value,
  );

describe('the tools for other agents', () => {
  for (const [name, schema] of [
    ['memento_search_cases', SEARCH_INPUT],
    ['memento_start_research', RESEARCH_INPUT],
    ['memento_suggest_feedback', FEEDBACK_INPUT],
  ] as const) {
    it(`${name} takes what the manifest says`, () => {
      const declared = contributes.languageModelTools.find((tool) => tool.name === name)?.inputSchema;
      assert.deepEqual(bare(declared), bare(z.toJSONSchema(schema, { io: 'input' })));
    });
  }

  it('fill in what may be left out, and say what is wrong', () => {
    assert.deepEqual(parseInput(SEARCH_INPUT, { query: ' buoy ' }), { query: 'buoy', limit: 10 });
    for (const wrong of [undefined, null, 'buoy', {}, { query: '' }, { query: 'x', limit: 1.5 }]) {
      assert.throws(() => parseInput(SEARCH_INPUT, wrong), /The input is not as it has to be/);
    }
    assert.throws(() => parseInput(FEEDBACK_INPUT, { runId: 'r', verdict: 'yes' }), /verdict/);
  });
});
