/** What is known of the commands in the documents: what each of those that are run must do, and why the others are not. */

export interface Expected {
  /** 0 unless told. */
  readonly exit?: number;
  /** Stands in its standard output. */
  readonly says: RegExp;
  /** A file that is there afterwards. */
  readonly makes?: string;
}

/** By the line as it stands in a document. They run in the order in which the documents have them. */
export const RUN: Readonly<Record<string, Expected>> = {
  'memento research "Why did the North Buoy break loose, and who found it?"': {
    says: /Leif Sandoe[^]*quote found[^]*memento feedback \w{26} accept/,
  },
  'memento feedback <run id> accept': { says: /^Accepted/ },
  'memento cases list': { says: /accepted +Why did the North Buoy/ },
  'memento cases edit <case id>': { says: /^# Question\n\nWhy did the North Buoy/m },
  'memento memory report': { says: /^Does memory help\?\nNot measured yet/ },
  'memento cases export everything.jsonl': {
    says: /^Exported 1 case and 1 run\./,
    makes: 'everything.jsonl',
  },
  'memento cases import everything.jsonl --dry-run': { says: /1 case and 1 run here already/ },
  [`memento tool calculate '{"expression": "18 % * 340"}'`]: { says: /= 61\.2$/m },
  // Its client has gone when it starts.
  'memento mcp': { says: /^$/ },
  'memento feedback <run id> accept --reason "it is in the report"': { says: /it is in the report/ },
  'memento research "Who found the North Buoy?" --policy similarity --k 2 --json': {
    says: /"type":"cases.retrieved","policy":"similarity"[^]*"outcome":"answered"/,
  },
  'memento runs list': { says: /answered +Who found the North Buoy/ },
  'memento runs export <run id> answer.md': { says: /^$/, makes: 'answer.md' },
  'memento cases search buoy': { says: /North Buoy/ },
  'memento cases show <case id>': { says: /^Sources\n +incident-2023-07\.md/m },
  'memento cases pin <case id>': { says: /^Pinned/ },
  'memento cases unpin <case id>': { says: /^Unpinned/ },
  'memento cases forget <case id>': { says: /^Forgotten/ },
  'memento cases forgotten': { says: /forgotten .* Why did the North Buoy/ },
  'memento cases restore <case id>': { says: /^Restored/ },
  'memento help': { says: /memento research "<question>"[^]*Exit codes: 0 answered/ },
  [`memento tool read_document '{"path": "minutes/2023-09-20.md", "find": "chain"}'`]: {
    says: /“chain” stands once in minutes\/2023-09-20\.md/,
  },
  'memento explain command "grep -rn winch notes"': { says: /"verdict":"auto"/ },
  'memento explain command "npm test" --allow-command "npm test"': { says: /"verdict":"auto"/ },
  'memento explain url "http://192.168.0.1/"': { says: /"verdict":"block"/ },
  'memento test-model': { says: /extractive, which needs none/ },
};

const BY_EXAMPLE = 'test/unit/library/example.test.ts does it, in a folder of its own';
const TESTS = 'it runs tests, of which this one is';

/** Why a command is not run. Of scripts and programs it is checked all the same that what they name is there. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  'memento eval examples/questions.jsonl --workspace examples/sample-workspace --iterations 2 --out results':
    'its folders are the repository’s, and it takes a minute; test/unit/cli/eval.test.ts runs it',
  'npm start -- "Why did the North Buoy break loose, and who found it?"':
    'it may install and build first; the same question is asked with memento',
  'npm test': TESTS,
  'npm test -- unit': TESTS,
  'npm test -- types lint': TESTS,
  'npm run build': 'it writes the dist that these tests run',
  'OPENAI_BASE_URL=http://127.0.0.1:11434/v1 MEMENTO_PLANNER_MODEL=qwen3:8b npm start -- "your question"':
    'it needs the server of a model',
  [`memento tool fetch_page '{"url": "https://example.org/", "goal": "What is it for?"}'`]:
    'it needs the network',
  'node --import tsx node_modules/mocha/bin/mocha.js --no-config --timeout 20000 test/unit/core/tools/calculate.test.ts':
    TESTS,
  'node --import tsx node_modules/mocha/bin/mocha.js -g "whole runs"': TESTS,
  'node test/editor/run.mjs --suite integration --grep "cases"': 'it takes an editor, and minutes',
  'UPDATE_GOLDEN=1 node --import tsx node_modules/mocha/bin/mocha.js --no-config --timeout 20000 "test/golden/*.test.ts"':
    'it writes the golden transcripts',
  'npm run package': `it takes minutes; of dist/npm ${BY_EXAMPLE}`,
  'code --install-extension memento-0.1.0.vsix': 'it takes an editor',
  'npm install --global ./dist/npm': 'it changes the machine',
  'npm install --no-save --prefix examples/own-tool ./dist/npm': BY_EXAMPLE,
  'node examples/own-tool/main.mjs examples/sample-workspace memory': BY_EXAMPLE,
};
