import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { readFileSync } from 'node:fs';
import { dateGroups } from '../../../src/vscode/caseGroups';
import { caseLabels } from '../../../src/vscode/caseLabels';
import { formatMinute, formatNumber, speak } from '../../../src/vscode/formats';
import { relativeTime } from '../../../src/vscode/relativeTime';
import { runLabels } from '../../../src/vscode/runLabels';
import { someCase } from '../../fakes/memoryBank';

const NOW = Date.UTC(2026, 4, 4, 12);
const HOUR = 3_600_000;

describe('words, times and numbers in the language of the editor', () => {
  before(() => speak({ tag: 'zh-cn', bundle: readFileSync('l10n/bundle.l10n.zh-cn.json', 'utf8') }));
  after(() => speak({ tag: 'en-GB', bundle: '{}' }));

  it('are those of its bundle', () => {
    assert.equal(relativeTime(NOW, NOW), '刚刚');
    assert.equal(dateGroups(new Date(NOW))[0]?.label, '今天');
    const { description } = caseLabels(someCase({ reward: 1, judgedAt: NOW - 3 * HOUR }), NOW);
    assert.equal(description, '已采纳 · 3小时前');
    const run = { runId: 'r', question: 'q', startedAt: NOW - HOUR, outcome: 'failed', parentRunId: null };
    assert.equal(runLabels(run, 'ended', NOW).description, '失败 · 1小时前');
  });

  it('are written as there', () => {
    assert.match(formatMinute(new Date(2026, 4, 4, 12)), /^2026年5月4日/);
    speak({ tag: 'de', bundle: '{}' });
    assert.equal(formatNumber(12_345), '12.345');
  });
});
