/** The five kinds of blocks that stand out, as GitHub has them. */
export type AdmonitionType =
  | 'NOTE'
  | 'TIP'
  | 'IMPORTANT'
  | 'WARNING'
  | 'CAUTION';

const TYPES: Record<AdmonitionType, readonly string[]> = {
  NOTE: [
    'note',
    'info',
    'alert',
    'notice',
    'callout',
    'admonition',
    'abstract',
    'summary',
    'question',
    'example',
    'quote',
    'primary',
    'secondary',
    'seealso',
  ],
  TIP: ['tip', 'hint', 'success', 'check'],
  IMPORTANT: ['important'],
  WARNING: ['warning', 'attention'],
  CAUTION: ['caution', 'danger', 'error', 'failure', 'bug'],
};

const TYPE_OF_NAME = new Map(
  Object.entries(TYPES).flatMap(([type, names]) =>
    names.map(name => [name, type as AdmonitionType]),
  ),
);

/** What the name that another tool gives to such a block stands for. */
export function admonitionType(
  name: string | undefined,
): AdmonitionType | undefined {
  return TYPE_OF_NAME.get(name?.toLowerCase() ?? '');
}
