import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pairedSchedule, schedule } from '../../../../src/core/evaluation/schedule/schedule';
import { splitQuestions } from '../../../../src/core/evaluation/schedule/split';
import type { EvalQuestion } from '../../../../src/core/evaluation/dataset/question';
import { hashEncoder } from '../../../fakes/hashEncoder';

const asked = (id: string, question = `How deep is lake number ${id}?`): EvalQuestion => ({
  id,
  question,
  answers: ['x'],
  group: '',
  support: [],
  file: undefined,
});

const options = (parts: object = {}) => ({
  seed: 1,
  heldOutShare: 0.5,
  remembered: [],
  encoder: hashEncoder(),
  signal: new AbortController().signal,
  ...parts,
});

describe('the split', () => {
  const words = ['otters', 'granite', 'violins', 'tariffs', 'comets', 'yeast', 'harbours', 'glaciers'];
  const questions = words.map((word, i) => asked(String(i), `What is known about ${word}?`));

  it('is the same for the same seed, and another for another', async () => {
    const ids = async (seed: number) =>
      (await splitQuestions(questions, options({ seed }))).learn.map(({ question }) => question.id).join();
    assert.equal(await ids(1), await ids(1));
    assert.notEqual(await ids(1), await ids(2));
  });

  it('holds out none that repeats one that is judged', async () => {
    const twins = questions.flatMap(({ id, question }) => [
      asked(`${id}a`, question),
      asked(`${id}b`, question.toUpperCase()),
    ]);
    const { learn, heldOut, removed } = await splitQuestions(twins, options());
    const judged = new Set(learn.map(({ question }) => question.id.slice(0, -1)));
    assert.ok(heldOut.every(({ id }) => !judged.has(id.slice(0, -1))));
    assert.ok(removed.length > 0);
    assert.equal(learn.length + heldOut.length + removed.length, twins.length);
    for (const { question, repeats } of removed) assert.equal(question.id.slice(0, -1), repeats.slice(0, -1));
  });

  it('tells repeats among those that are judged', async () => {
    const same = [asked('a', 'Who built the old mill?'), asked('b', 'who built the old  mill?')];
    const { learn } = await splitQuestions(same, options({ heldOutShare: 0 }));
    assert.deepEqual(
      learn.map(({ repeats }) => repeats),
      [undefined, learn[0]?.question.id],
    );
  });

  it('holds out none that a case of the beginning asks', async () => {
    const remembered = questions.map(({ question }) => question);
    const { heldOut, removed, learn } = await splitQuestions(questions, options({ remembered }));
    assert.deepEqual([heldOut.length, removed.length], [0, 4]);
    assert.ok(learn.every(({ repeats }) => repeats !== undefined));
  });
});

describe('the schedule', () => {
  const learn = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ question: asked(id), repeats: undefined }));
  const heldOut = ['x', 'y'].map((id) => asked(id));

  it('gives every arm the same attempts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 4 }), (batch, iterations) => {
        const all = schedule({ learn, heldOut }, { arms: ['none', 'learned'], iterations, batch }).flat();
        const of = (name: string) =>
          all.filter(({ arm }) => arm === name).map(({ key }) => key.replace(`${name}/`, ''));
        assert.deepEqual(of('none'), of('learned'));
        assert.equal(new Set(all.map(({ key }) => key)).size, all.length);
        assert.equal(all.length, 2 * iterations * 7);
      }),
    );
  });

  it('judges nothing that is held out, and asks it after what is judged', () => {
    const rounds = schedule({ learn, heldOut }, { arms: ['none', 'learned'], iterations: 2, batch: 3 });
    const told = rounds.map((round) =>
      [...new Set(round.map(({ standing, iteration }) => `${iteration} ${standing}`))].join(),
    );
    assert.deepEqual(told, ['1 first', '1 first', '1 held-out', '2 repeat', '2 repeat', '2 held-out']);
    const all = rounds.flat();
    assert.ok(all.every(({ standing, learns }) => !learns || standing !== 'held-out'));
    assert.ok(all.every(({ arm, learns }) => !learns || arm === 'learned'));
    assert.ok(all.some(({ learns }) => learns));
  });

  it('pairs each question once, in every arm, in the same round', () => {
    const rounds = pairedSchedule({ learn }, { arms: ['none', 'learned'], batch: 2 });
    for (const round of rounds) {
      const of = (name: string) => round.filter(({ arm }) => arm === name).map(({ question }) => question.id);
      assert.deepEqual(of('none'), of('learned'));
    }
    assert.equal(rounds.flat().length, 10);
  });
});
