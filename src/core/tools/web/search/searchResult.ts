/** What a search finds: one type for pages and papers, whichever provider found it. */

export const WEB_PROVIDERS = ['searxng', 'tavily', 'brave', 'serper', 'wikipedia'] as const;
export const PAPER_PROVIDERS = ['arxiv', 'semanticScholar', 'openAlex'] as const;

export type WebProviderName = (typeof WEB_PROVIDERS)[number];
export type PaperProviderName = (typeof PAPER_PROVIDERS)[number];
export type ProviderName = WebProviderName | PaperProviderName;

/** As a person knows them. */
export const PROVIDER_LABELS: Readonly<Record<ProviderName, string>> = {
  searxng: 'SearXNG',
  tavily: 'Tavily',
  brave: 'Brave Search',
  serper: 'Serper',
  wikipedia: 'Wikipedia',
  arxiv: 'arXiv',
  semanticScholar: 'Semantic Scholar',
  openAlex: 'OpenAlex',
};

export interface SearchResult {
  readonly title: string;
  /** Normalised (webAddress.ts), http or https. */
  readonly url: string;
  /** Plain text: the provider's extract of a page, the abstract of a paper; '' where there is none. */
  readonly snippet: string;
  /** `2024-05-03`, or less of it where less is known: `2024-05`, `2024`. */
  readonly published?: string;
  /** Those that found it, the first one first. */
  readonly providers: readonly ProviderName[];
  readonly paper?: PaperFacts;
}

export interface PaperFacts {
  /** As printed, in order. */
  readonly authors: readonly string[];
  readonly year?: number;
  /** Journal, conference or archive. */
  readonly venue?: string;
  /** `10.1000/xyz123`, lower case, no resolver before it. */
  readonly doi?: string;
  /** `2310.06825` or `hep-th/9901001`, no version. */
  readonly arxivId?: string;
  readonly pdfUrl?: string;
  readonly citations?: number;
}
