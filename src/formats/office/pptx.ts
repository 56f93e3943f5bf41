/** Presentations (ECMA-376, PresentationML): a part for each slide, in the order of the presentation. */
import { failed, messageOf, ok, type Result } from '../../core/common/result';
import type { DocumentContent, DocumentPart } from '../../core/ports';
import type { ZipArchive } from '../archive/zip';
import { baseName, type Source } from '../source';
import { coreTitle } from './coreTitle';
import { openOfficeArchive } from './officeArchive';
import { relationshipsOf, type Relationship } from './relationships';
import { slideText } from './slideText';
import { childElements, descend, parseXml, type XmlElement } from './xml';

const PRESENTATION = 'ppt/presentation.xml';

export function readPptx(source: Source): Result<DocumentContent> {
  const archive = openOfficeArchive(source);
  if (!archive.ok) return archive;
  try {
    return read(archive.value, source);
  } catch (error) {
    return broken(source, messageOf(error));
  }
}

const broken = ({ name }: Source, why: string) =>
  failed('bad-reply', `${baseName(name)} is a broken PPTX file: ${why}.`);

function read(archive: ZipArchive, source: Source): Result<DocumentContent> {
  const presentation = archive.text(PRESENTATION);
  if (presentation === undefined) return broken(source, 'it has no list of slides');
  if (!presentation.ok) return presentation;
  const targets = new Map(relationshipsOf(archive, PRESENTATION).map(({ id, target }) => [id, target]));
  const slides = childElements(
    descend(parseXml(presentation.value), 'p:sldIdLst') ?? { name: '', attributes: {}, children: [] },
  );
  const parts: DocumentPart[] = [];
  const notes: string[] = [];
  for (const [i, { attributes }] of slides.entries()) {
    const target = targets.get(attributes['r:id'] ?? '') ?? '';
    const xml = archive.text(target);
    if (xml?.ok === false && xml.fault.code === 'limit') return xml;
    if (xml?.ok !== true) {
      notes.push(`Slide ${i + 1} cannot be read: it is missing or damaged in the file.`);
      continue;
    }
    parts.push(readSlide(archive, target, parseXml(xml.value), i + 1));
  }
  const title = coreTitle(archive) ?? parts.find((part) => part.title !== '')?.title;
  return ok({ format: 'pptx', title, parts, notes });
}

function readSlide(archive: ZipArchive, name: string, slide: XmlElement, number: number): DocumentPart {
  const related = relationshipsOf(archive, name);
  const { title, blocks } = slideText(slide, (id) => chartOf(archive, related, id));
  const hidden = slide.attributes['show'] === '0' || slide.attributes['show'] === 'false';
  const speaker = notesOf(archive, related);
  const text = [
    ...(hidden ? ['(This slide is hidden in the presentation.)'] : []),
    ...(title === '' ? [] : [`# ${title}`]),
    ...blocks,
    ...(speaker === '' ? [] : [`Notes:\n${speaker}`]),
  ].join('\n\n');
  return { locator: { kind: 'slides', start: number, end: number }, title, text };
}

/** What the speaker's page says, without its copy of the slide and its number. */
function notesOf(archive: ZipArchive, related: readonly Relationship[]): string {
  const target = related.find(({ type }) => type === 'notesSlide')?.target;
  const xml = target === undefined ? undefined : archive.text(target);
  if (xml?.ok !== true) return '';
  const { title, blocks } = slideText(parseXml(xml.value), () => undefined);
  return [title, ...blocks].filter((part) => part !== '').join('\n\n');
}

/** The root of the chart or diagram that a frame of the slide shows. */
function chartOf(archive: ZipArchive, related: readonly Relationship[], id: string): XmlElement | undefined {
  const target = related.find((relationship) => relationship.id === id)?.target;
  const xml = target === undefined ? undefined : archive.text(target);
  return xml?.ok === true ? parseXml(xml.value) : undefined;
}
