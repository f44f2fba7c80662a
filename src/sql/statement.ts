const NO_COMMENTS = /^(?:[\s;(]|--[^\n\r]*(?:\r?\n|$)|\/\*(?![!M])(?:(?!\/\*|\*\/)[^])*\*\/)+/;

/** What a project sets for itself, one thing at a time, and `set transaction` where that is no less read-only. */
const SETTINGS: Readonly<Record<string, RegExp>> = {
  postgresql:
    /^(?:set\s+(?:session\s+|local\s+)?(?:role|search_path|time\s*zone|timezone|client_encoding|statement_timeout|lock_timeout)\b[^;]*|reset\s+(?:all|role));?\s*$/i,
  mysql:
    /^set\s+(?:(?:session\s+)?(?:time_zone|names)\b[^;,]*|transaction\s+(?:isolation\s+level\s+[a-z ]+|read\s+only));?\s*$/i,
};

/** What begins a statement that writes nothing by itself. */
const READING = new Set(
  (
    'select with values table show explain describe desc help pragma set reset use begin start commit end ' +
    'rollback abort savepoint release fetch move declare close listen unlisten analyze lock'
  ).split(' '),
);

/** The statement without the comments before it, and its first word; none where that cannot be told. */
export function opening(sql: string): { text: string; word: string } {
  const text = sql.replace(NO_COMMENTS, '');
  return { text, word: /^\w*/.exec(text)?.[0].toLowerCase() ?? '' };
}

export function familyOf(dialect: string): string {
  return { pglite: 'postgresql', mariadb: 'mysql' }[dialect] ?? dialect;
}

export function isSetting(family: string, text: string): boolean {
  return SETTINGS[family]?.test(text) === true;
}

/** Whether a statement changes rows or tables, as far as its text says so. */
export function isWriting(sql: string): boolean {
  const { text, word } = opening(sql);
  if (!READING.has(word)) return word !== '';
  const bare = text.replaceAll(/'(?:[^']|'')*'|"[^"]*"|`[^`]*`|--[^\n]*|\/\*[^]*?\*\//g, ' ');
  if (word === 'explain' && !/\banalyze\b/i.test(bare)) return false;
  return (
    /^(?:select|with|explain)$/.test(word) &&
    /\b(?:insert|delete|merge|into|(?<!\bfor\s+(?:no\s+key\s+)?)update)\b/i.test(bare)
  );
}
