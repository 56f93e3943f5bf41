/**
 * Extensions of the documents that the workspace's index has as text: those in which a search for words would find
 * nothing, or only what sets them.
 */
export const INDEXED_DOCUMENTS = [
  ...['pdf', 'docx', 'odt', 'rtf', 'epub'],
  ...['pptx', 'odp'],
  ...['xlsx', 'xls', 'ods'],
  'ipynb',
] as const;
