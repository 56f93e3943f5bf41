/** A ULID: 26 characters of Crockford's base 32. Anything else must not become part of a path. */
export const isRunId = (text: string): boolean => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(text);

export const RUNS = 'runs';
export const LOG_EXTENSION = '.jsonl';
