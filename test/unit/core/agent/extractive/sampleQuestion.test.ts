import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { failed, ok } from '../../../../../src/core/common/result';
import { sampleQuestion } from '../../../../../src/core/agent/extractive/sampleQuestion';
import type { DocumentReader } from '../../../../../src/core/ports';
import { memoryFiles } from '../../../../fakes/memoryFiles';

const documents: DocumentReader = {
  read: async ({ name }) =>
    name.startsWith('broken')
      ? failed('bad-reply', 'It is cut off.')
      : ok({
          format: 'pdf',
          title: 'Two Columns of Bats',
          parts: [
            {
              locator: { kind: 'pages', start: 1, end: 1 },
              title: '',
              text: 'Bats of two columns were counted in May.',
            },
          ],
          notes: [],
        }),
  pictures: async () => ok([]),
};

describe('sampleQuestion', () => {
  const asks = (folder: string, entries: Record<string, string | Uint8Array>, question: string | undefined) =>
    it(`of ${folder}: ${question ?? 'none'}`, async () => {
      const found = await sampleQuestion(
        { files: memoryFiles(entries), documents },
        new AbortController().signal,
      );
      assert.equal(found, question);
    });

  asks(
    'a README',
    {
      'CHANGELOG.md': '# Changelog\n\nThe release is a big one.\n',
      'README.md':
        '# Tarn Ovrel Field Station\n\nTarn Ovrel is a mountain lake of 1.8 km². We sample it weekly.\n',
    },
    'What is Tarn Ovrel?',
  );
  asks(
    'a repository',
    {
      'README.md':
        '# left-trim\n\nTrims white space from the left of strings.\n\nInstall it with npm install left-trim.\n',
    },
    'What is left-trim?',
  );
  asks(
    'notes without headings',
    { 'monday.md': 'Call Anna about the boiler. The boiler was serviced in March 2021.\n' },
    'What is there about the boiler and Anna?',
  );
  asks(
    'code alone',
    { 'lake/depth.py': 'def thermocline(rows):\n    return rows\n' },
    'What does thermocline do?',
  );
  asks('PDFs alone', { 'broken.pdf': 'x', 'bats.pdf': 'x' }, 'What is there about “Two Columns of Bats”?');
  asks(
    'Chinese notes',
    { '记录.md': '# 青湖水质监测\n\n青湖位于山谷东侧。监测站自2009年起由青湖水务基金会运营。\n' },
    '监测站自哪一年起由青湖水务基金会运营？',
  );
  asks(
    'Russian notes',
    { 'a.txt': 'Котельная была построена в 1998 году.\n' },
    'Котельная была построена в 1998 году?',
  );
  asks('an empty folder', {}, undefined);
  asks('pictures', { 'a.png': new Uint8Array([0x89, 0x50, 0, 1]) }, undefined);
  asks('empty and binary texts', { 'a.md': '', 'b.txt': new Uint8Array([0, 1, 2, 0]) }, undefined);
});
