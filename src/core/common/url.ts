/**
 * The URL of a text by the WHATWG standard, undefined where it is none. Not `URL.canParse`: once V8 has optimised its
 * caller, Node 20's answers false for whatever has letters beyond ASCII (`https://münchen.de/`).
 */
export function parseUrl(text: string, base?: string | URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
