/**
 * The schema of a tool's arguments as its server wrote it, made fit for models: one that is no JSON Schema makes a
 * model's server refuse every request that carries it, and so would cost all of a run.
 */
import type { JsonSchema } from '../../core/ports';

/** Of the schema as JSON, characters. */
const MAX_SCHEMA = 30_000;
const MAX_DEPTH = 30;
const ANYTHING: JsonSchema = { type: 'object', properties: {} };
const TYPES = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);

/** Keywords (JSON Schema 2020-12, and what draft 7 called them) by the kind of their value. */
const SCHEMAS = ['items', 'additionalProperties', 'not', 'contains', 'propertyNames', 'if', 'then', 'else'];
const LISTS = ['anyOf', 'oneOf', 'allOf', 'prefixItems'];
const MAPS = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];

/** Any object will do where the server's own schema cannot be used; the server checks the arguments anyway. */
export function inputSchema(written: unknown): JsonSchema {
  if (!isObject(written)) return ANYTHING;
  const { $schema: _, ...schema } = written;
  const { type = 'object', properties = {} } = schema;
  const usable = type === 'object' && isSchema(schema, 0) && JSON.stringify(schema).length <= MAX_SCHEMA;
  return usable ? { ...schema, type, properties } : ANYTHING;
}

function isSchema(value: unknown, depth: number): boolean {
  if (typeof value === 'boolean') return true;
  if (!isObject(value) || depth > MAX_DEPTH) return false;
  const inner = (schema: unknown) => isSchema(schema, depth + 1);
  return Object.entries(value).every(([key, part]) => {
    if (key === 'type') return [part].flat().every((type) => typeof type === 'string' && TYPES.has(type));
    if (key === 'required') return Array.isArray(part) && part.every((name) => typeof name === 'string');
    if (key === 'enum') return Array.isArray(part) && part.length > 0;
    if (key === 'description' || key === 'title' || key === 'pattern') return typeof part === 'string';
    if (key === 'items' && Array.isArray(part)) return part.every(inner);
    if (SCHEMAS.includes(key)) return inner(part);
    if (LISTS.includes(key)) return Array.isArray(part) && part.length > 0 && part.every(inner);
    if (MAPS.includes(key)) return isObject(part) && Object.values(part).every(inner);
    return true;
  });
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
