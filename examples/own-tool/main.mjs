import { createNodeAssistant } from 'memento/node';
import { rehearsedModel } from './rehearsedModel.mjs';

const weekday = {
  name: 'weekday',
  description: 'Tells on which day of the week a date falls.',
  parameters: { type: 'object', properties: { date: { type: 'string' } }, required: ['date'] },
  run: ({ date }) => `${date} is a ${names.format(new Date(`${date} UTC`))}.`,
};
const names = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' });
const model = process.env.OPENAI_BASE_URL ? undefined : rehearsedModel;

const [workspace, storage] = process.argv.slice(2);
const assistant = await createNodeAssistant({ workspace, storage, model, tools: [weekday] });
const run = await assistant.ask('On which day of the week did the North Buoy break loose?');
console.log(run.answer || run.error?.message);
for (const { n, source, verdict } of run.citations ?? []) console.log(`[${n}] ${source}: ${verdict}`);
await assistant.judge(run.runId, 1, 'the calendar says so too');
await assistant.close();
