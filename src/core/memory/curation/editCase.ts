import { failed, messageOf, ok, type Result } from '../../common/result';
import type { Encoder, Logger } from '../../ports';
import type { CaseBank } from '../bank';
import type { StoredVector } from '../storedVector';
import type { Case, CaseEdit } from '../case';
import { storedVector } from '../retrieval';

export interface CaseEditor {
  readonly bank: CaseBank;
  readonly encoder: Encoder;
  readonly logger: Logger;
}

/**
 * Changes a case as a person said, and its question's vector with the question. A fault for a case that is not there or
 * forgotten; rejects as the bank does. An encoder that fails costs the vector, which is made up for later, not the edit.
 */
export async function editCase(editor: CaseEditor, caseId: string, changes: CaseEdit): Promise<Result<Case>> {
  const before = await editor.bank.get(caseId);
  if (before?.forgottenAt === null) {
    const { question = before.question, ...others } = changes;
    const isReworded = question !== before.question;
    if (!isReworded && Object.keys(others).length === 0) return ok(before);
    const vector = isReworded ? await vectorOf(editor, question) : undefined;
    // A question that is set, even to what it was, costs the vectors of the other encoders.
    const edited = await editor.bank.edit(caseId, isReworded ? changes : others, vector);
    if (edited) return ok(edited);
  }
  return failed(
    'not-found',
    before ? 'This case was forgotten: restore it, then edit it.' : 'This case is no longer in the memory.',
  );
}

async function vectorOf(
  { encoder, logger }: CaseEditor,
  question: string,
): Promise<StoredVector | undefined> {
  try {
    return await storedVector(encoder, question);
  } catch (error) {
    logger.warn(`An edited question has no vector yet, as the encoder failed: ${messageOf(error)}`);
    return undefined;
  }
}
