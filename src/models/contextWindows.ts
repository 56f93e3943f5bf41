/**
 * How many tokens a request and its reply may have together, as the makers say of the models they host. A model of the
 * same name on one's own server often has fewer; then the server complains and the prompt is made shorter.
 */
const WINDOWS: readonly (readonly [RegExp, number])[] = [
  [/^gpt-4\.1/, 1_047_576],
  [/^gpt-5/, 400_000],
  [/^o[134]/, 200_000],
  [/^(?:gpt-4o|chatgpt-4o|gpt-4-turbo|gpt-4\.5|gpt-oss)/, 128_000],
  [/^gpt-4-32k/, 32_768],
  [/^gpt-4/, 8_192],
  [/^gpt-3(?:\.5|5)/, 16_385],
  [/^claude/, 200_000],
  [/^gemini/, 1_000_000],
  [/^deepseek/, 64_000],
  [/^(?:meta-)?llama-?3\.[123]/, 128_000],
  [/^(?:meta-)?llama-?3/, 8_192],
  [/^qwen-?(?:2\.5|3)/, 32_768],
  [/^(?:mistral|mixtral)/, 32_768],
];

/** Undefined for a model that nobody here knows. */
export function contextWindow(model: string): number | undefined {
  const name = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  return WINDOWS.find(([pattern]) => pattern.test(name))?.[1];
}
