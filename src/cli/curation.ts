/** What a person changes of a case in the terminal: pinned or not, and its text. */
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { createAssistant, type Ports } from '../core/assistant';
import { failed, messageOf, ok, type Result } from '../core/common/result';
import { oneLine } from '../core/common/oneLine';
import type { CaseBank } from '../core/memory/bank';
import type { CaseEdit } from '../core/memory/case';
import { caseText, parseCaseText } from '../core/memory/curation/caseText';
import { decodeText } from '../core/common/decodeText';
import type { Host } from './host';

const NAMES: Readonly<Record<keyof CaseEdit, string>> = {
  question: 'question',
  shortAnswer: 'short answer',
  answer: 'answer',
  plan: 'plan',
  tags: 'tags',
  lessons: 'lessons',
  pinned: 'pin',
};

export async function pin(
  caseId: string,
  pinned: boolean,
  ports: Ports,
  json: boolean,
  host: Host,
): Promise<number> {
  const edited = await createAssistant(ports).edit(caseId, { pinned });
  if (!edited.ok) return complain(edited.fault.message, host);
  if (json) host.write(`${JSON.stringify(edited.value)}\n`);
  else
    host.write(pinned ? 'Pinned: it is shown whenever its question is like the new one.\n' : 'Unpinned.\n');
  return 0;
}

/** Without `file` the editable text is printed; with it (`-`: standard input) what it changes is done and told. */
export async function edit(
  caseId: string,
  file: string | undefined,
  ports: Ports,
  json: boolean,
  host: Host,
): Promise<number> {
  const record = await ports.bank.get(caseId);
  if (!record) return complain(`There is no case ${caseId}: ${host.program} cases list shows them.`, host);
  if (file === undefined) {
    const text = caseText(record);
    host.write(json ? `${JSON.stringify({ caseId, text })}\n` : text);
    return 0;
  }
  const text = await readText(file);
  if (!text.ok) return complain(text.fault.message, host);
  const changes = parseCaseText(text.value, record, ports.ids);
  if (!changes.ok) return complain(changes.fault.message, host);
  const edited = await createAssistant(ports).edit(caseId, changes.value);
  if (!edited.ok) return complain(edited.fault.message, host);
  host.write(json ? `${JSON.stringify(edited.value)}\n` : `${changeLine(changes.value)}\n`);
  return 0;
}

export async function listForgotten(bank: CaseBank, json: boolean, host: Host): Promise<number> {
  const { cases } = await bank.list({ offset: 0, limit: Number.MAX_SAFE_INTEGER, forgotten: true });
  for (const found of cases) {
    const at = new Date(found.forgottenAt ?? 0).toISOString().slice(0, 16).replace('T', ' ');
    host.write(
      json
        ? `${JSON.stringify(found)}\n`
        : `${found.id}  forgotten ${at} UTC  ${oneLine(found.question, 90)}\n`,
    );
  }
  if (cases.length === 0 && !json) host.write('Nothing that was forgotten can be restored.\n');
  return 0;
}

async function readText(file: string): Promise<Result<string>> {
  try {
    const text = decodeText(file === '-' ? await buffer(process.stdin) : await readFile(file));
    return text === undefined ? failed('unsupported', `${file} is not a text file.`) : ok(text);
  } catch (error) {
    return failed('storage', `${file} cannot be read: ${messageOf(error)}`);
  }
}

function changeLine(changes: CaseEdit): string {
  const names = Object.entries(NAMES).flatMap(([field, name]) => (field in changes ? [name] : []));
  return names.length === 0 ? 'Nothing is changed.' : `Changed: ${names.join(', ')}.`;
}

function complain(message: string, host: Host): number {
  host.complain(message);
  return 1;
}
