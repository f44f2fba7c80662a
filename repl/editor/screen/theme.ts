/** What can be told apart on the screen. */
export type Kind =
  | 'prompt'
  | 'continuation'
  | 'suggestion'
  | 'match'
  | 'menu'
  | 'selected'
  | 'detail'
  | 'status'
  | 'keyword'
  | 'string'
  | 'number'
  | 'comment'
  | 'property'
  | 'type'
  | 'known'
  | 'unknown'
  | 'bracket'
  | 'error';

/** The SGR parameters for each kind; a kind without is plain. */
export type Theme = Readonly<Partial<Record<Kind, string>>>;

/** For a terminal with sixteen colors, on light and on dark. */
export const colors: Theme = {
  continuation: '2',
  suggestion: '2',
  match: '7',
  selected: '7',
  detail: '2',
  status: '2',
  keyword: '35',
  string: '32',
  number: '33',
  comment: '2',
  type: '36',
  known: '36',
  unknown: '2',
  bracket: '1;4',
  error: '4;31',
};

/** Without colors: only what could not be told apart otherwise. */
export const plain: Theme = { match: '7', selected: '7' };
