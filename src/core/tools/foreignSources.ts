import type { ForeignTools } from '../ports';

/** Several sources of foreign tools as one. Of two tools with one name the first is there. */
export function joinForeignTools(sources: readonly ForeignTools[]): ForeignTools {
  return {
    async list(signal, wanted) {
      const offers = await Promise.all(sources.map((source) => source.list(signal, wanted)));
      const names = new Set<string>();
      const isNew = ({ name }: { readonly name: string }) => names.size !== names.add(name).size;
      return {
        tools: offers.flatMap(({ tools }) => tools).filter(isNew),
        notices: offers.flatMap(({ notices }) => notices),
      };
    },
  };
}
