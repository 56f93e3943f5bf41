import * as z from 'zod';
import type { JsonSchema, ToolDefinition } from '../ports';
import type { Tool } from './tool';

/** The tools of a run by name, and their definitions as chat models take them. */
export class ToolRegistry {
  readonly definitions: readonly ToolDefinition[];
  readonly #tools: ReadonlyMap<string, Tool>;

  constructor(tools: readonly Tool[]) {
    this.#tools = new Map(tools.map((tool) => [tool.name, tool]));
    this.definitions = tools.map(({ name, description, parameters, schema }) => ({
      name,
      description,
      parameters: schema ?? toJsonSchema(parameters),
    }));
  }

  get(name: string): Tool | undefined {
    return this.#tools.get(name);
  }
}

/** JSON Schema without the `$schema` line, which some servers refuse in tool parameters. */
function toJsonSchema(type: z.ZodType): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io: 'input' });
  return schema;
}
