import assert from 'node:assert/strict';
import type { Locator } from '../../../src/core/common/locator';
import { checkCitations } from '../../../src/core/tools/citationCheck';
import { shows, targetOf } from '../../../src/vscode/sourceTarget';
import { someEvidence } from '../core/tools/citations/evidence';

describe('what opens for a piece of evidence', () => {
  const ROWS: readonly (readonly [source: string, locator: Locator, target: unknown])[] = [
    ['a.md', { kind: 'lines', start: 3, end: 5 }, { kind: 'lines', file: 'a.md', start: 3, end: 5 }],
    [
      'r.pdf',
      { kind: 'pages', start: 3, end: 4 },
      { kind: 'file', file: 'r.pdf', place: 'pages 3-4', fragment: 'page=3' },
    ],
    [
      't.xlsx',
      { kind: 'range', sheet: 'May', range: 'A1:B2' },
      { kind: 'file', file: 't.xlsx', place: 'May A1:B2', fragment: '' },
    ],
    [
      's.pptx',
      { kind: 'slides', start: 2, end: 2 },
      { kind: 'file', file: 's.pptx', place: 'slide 2', fragment: '' },
    ],
    ['n.ipynb', { kind: 'cells', start: 2, end: 3 }, { kind: 'cells', file: 'n.ipynb', start: 2, end: 3 }],
    [
      'a.zip',
      { kind: 'entry', path: 'b.md', at: { kind: 'lines', start: 1, end: 1 } },
      { kind: 'file', file: 'a.zip', place: 'b.md, line 1', fragment: '' },
    ],
    ['i.png', { kind: 'whole' }, { kind: 'file', file: 'i.png', place: '', fragment: '' }],
    [
      'v.mp4',
      { kind: 'time', start: 61, end: 65 },
      { kind: 'file', file: 'v.mp4', place: '1:01-1:05', fragment: '' },
    ],
    ['ls -l', { kind: 'output' }, { kind: 'output' }],
    ['https://a.test/p', { kind: 'section', heading: '' }, { kind: 'web', address: 'https://a.test/p' }],
    ['https://', { kind: 'whole' }, { kind: 'nothing', reason: 'https:// is no web address.' }],
  ];
  for (const [source, locator, target] of ROWS) {
    it(`${source}, ${locator.kind}`, () =>
      assert.deepEqual(targetOf(someEvidence({ source, locator }), undefined, undefined), target));
  }

  it('is the place of the mark that was clicked', () => {
    const evidence = someEvidence({
      text: 'The lake is deep.\nIt was measured in 2019.',
      locator: { kind: 'lines', start: 10, end: 11 },
    });
    const [citation] = checkCitations('The lake is deep [e1]. It was measured in 2019 [e1].', () => evidence);
    assert.deepEqual(targetOf(evidence, citation, 1), {
      kind: 'lines',
      file: 'notes.md',
      start: 11,
      end: 11,
    });
    const page = { ...evidence, source: 'https://a.test/p' };
    assert.deepEqual(targetOf(page, citation, 1), {
      kind: 'web',
      address: 'https://a.test/p#:~:text=It%20was%20measured%20in%202019.',
    });
  });

  it('knows which files an extension shows', () => {
    const manifest = (filenamePattern: string) => ({
      contributes: { customEditors: [{ selector: [{ filenamePattern }] }] },
    });
    assert.equal(shows(manifest('*.pdf'), 'a/R.PDF'), true);
    assert.equal(shows(manifest('*.{png,pdf}'), 'r.pdf'), true);
    assert.equal(shows(manifest('*.xlsx'), 'r.pdf'), false);
    assert.equal(shows({}, 'r.pdf'), false);
  });
});
