import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ChatPromptReference } from 'vscode';
import { questionOf } from '../../../../src/vscode/chat/question';

/** What VS Code gives has more to it; this is what is looked at. */
const uri = (fsPath: string) => ({ scheme: 'file', fsPath });
const location = (fsPath: string, start: number, end: number) => ({
  uri: uri(fsPath),
  range: { start: { line: start }, end: { line: end } },
});
const reference = (value: unknown, more: Partial<ChatPromptReference> = {}): ChatPromptReference => ({
  id: 'vscode.file',
  value,
  ...more,
});

describe('the question of a chat request', () => {
  const asked = (
    prompt: string,
    references: readonly ChatPromptReference[] = [],
    text = 'It broke.\nAt night.',
  ) =>
    questionOf(
      { prompt, references },
      { nameOf: ({ fsPath }) => fsPath.replace('/w/', ''), textOf: () => Promise.resolve(text) },
    );

  it('is what was typed', async () => {
    assert.deepEqual(await asked(' Why? '), { question: 'Why?', leftOut: [] });
  });

  it('names a file where it is mentioned, and one that is attached', async () => {
    const prompt = 'Does #file:a.md agree with #file:b.md?';
    const references = [
      reference(uri('/w/docs/b.md'), { range: [27, 37] }),
      reference(uri('/w/docs/a.md'), { range: [5, 15] }),
      reference(uri('/w/c.md')),
    ];
    assert.equal(
      (await asked(prompt, references)).question,
      'Does `docs/a.md` agree with `docs/b.md`?\n\nAttached: `c.md`',
    );
  });

  it('quotes a selection with its lines', async () => {
    assert.equal(
      (await asked('Is this right?', [reference(location('/w/a.md', 2, 3))])).question,
      'Is this right?\n\n`a.md`, lines 3-4:\n> It broke.\n> At night.',
    );
  });

  it('does not quote what merely is in view, and little of what is long', async () => {
    const inView = reference(location('/w/a.md', 0, 90), { id: 'vscode.implicit.viewport' });
    assert.equal((await asked('Why?', [inView])).question, 'Why?\n\nAttached: `a.md`');
    const long = await asked('Why?', [reference(location('/w/a.md', 0, 9))], 'x'.repeat(50_000));
    assert.ok(long.question.length < 4_200 && long.question.endsWith('x […]'));
  });

  it('says what cannot be passed on', async () => {
    const image = reference({ mimeType: 'image/png' }, { id: 'vscode.image', modelDescription: 'plot.png' });
    assert.deepEqual(await asked('What is this?', [image, reference(null, { id: 'x' })]), {
      question: 'What is this?',
      leftOut: ['plot.png', 'x'],
    });
  });

  it('names a file whose text cannot be read', async () => {
    assert.equal(
      (await asked('Why?', [reference(location('/w/a.bin', 0, 1))], '')).question,
      'Why?\n\nAttached: `a.bin`, lines 1-2',
    );
  });
});
