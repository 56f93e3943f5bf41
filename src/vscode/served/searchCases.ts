import * as vscode from 'vscode';
import { servedCases, servedCasesText } from '../../core/served/cases';
import { shorten } from '../caseLabels';
import { parseInput, SEARCH_INPUT } from './toolInput';
import type { ServedToolServices } from './tools';
import { textResult } from './toolText';

/** `memento_search_cases`: reads the memory and changes nothing, so nobody is asked. */
export const searchCases = ({
  memory,
}: Pick<ServedToolServices, 'memory'>): vscode.LanguageModelTool<unknown> => ({
  prepareInvocation: ({ input }) => {
    const parsed = SEARCH_INPUT.safeParse(input);
    const query = parsed.success ? shorten(parsed.data.query, 80) : '';
    return { invocationMessage: vscode.l10n.t('Searching the cases of Memento for “{0}”', query) };
  },
  invoke: async ({ input }) => {
    const { bank } = await memory.get();
    return textResult(servedCasesText(await servedCases(bank, parseInput(SEARCH_INPUT, input))));
  },
});
