/** What is used of packages that are typed in terms of the browser's library, which this program does not have. */
declare module 'linkedom' {
  export function parseHTML(html: string): { readonly document: import('./dom').DomDocument };
}

declare module '@mozilla/readability' {
  export class Readability<T> {
    constructor(
      document: import('./dom').DomDocument,
      options: {
        readonly keepClasses: boolean;
        readonly maxElemsToParse: number;
        readonly serializer: (node: import('./dom').DomElement) => T;
      },
    );
    /** Null where it finds no article; throws where there are more elements than `maxElemsToParse`. */
    parse(): {
      readonly title?: string | null;
      readonly content?: T | null;
      readonly textContent?: string | null;
      readonly byline?: string | null;
      readonly siteName?: string | null;
      readonly publishedTime?: string | null;
    } | null;
  }
}

declare module 'turndown' {
  type DomElement = import('./dom').DomElement;
  namespace TurndownService {
    interface Rule {
      readonly filter: string | readonly string[] | ((node: DomElement) => boolean);
      readonly replacement: (content: string, node: DomElement) => string;
    }
  }
  class TurndownService {
    constructor(options: Readonly<Record<string, unknown>>);
    addRule(name: string, rule: TurndownService.Rule): this;
    escape: (text: string) => string;
    /** Works on a copy of the element. */
    turndown(element: DomElement): string;
  }
  export = TurndownService;
}
