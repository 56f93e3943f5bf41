/** The page's words in the editor's language, which the host puts into the page; imported first, before any word is made. */
import * as l10n from '@vscode/l10n';
import { speak } from './language';

const contents = document.getElementById('root')?.dataset.l10n;
if (contents !== undefined) l10n.config({ contents });
speak(document.documentElement.lang);
