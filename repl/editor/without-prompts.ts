const starts = /^[ \t]*(?:>>> |> )/;
const prompt = /^[ \t]*(?:(>>>|>)|\.\.\.)(?: |$)/;

/** What would go on with the statement before it. */
const joins = /^\s*[([`/+\-*.]/;

/** A command of the shell, which would not be one with a semicolon. */
const command = /^\s*\.[a-z]\w*(?:\s[^(]*)?$/i;

/**
 * Takes the prompts off a session that was copied with them, and with them the answers between its statements. Code that
 * begins so by itself stays as it is.
 *
 * @param isCode whether a text is code as it stands
 */
export function withoutPrompts(text: string, isCode: (text: string) => boolean): string {
  const first = text.split('\n', 10).find(line => /\S/.test(line)) ?? '';
  if (!starts.test(first) || isCode(text)) return text;
  const lines = text.split('\n');
  const end = text.endsWith('\n') ? '\n' : '';
  const session = joined(lines.filter(line => prompt.test(line))) + end;
  // Where it is no code without them, lines that have no prompt are no answers.
  const all = joined(lines.slice(0, end === '' ? undefined : -1)) + end;
  return !isCode(session) && isCode(all) ? all : session;
}

function joined(lines: readonly string[]): string {
  const codes: string[] = [];
  for (const line of lines) {
    const [found = '', begins] = prompt.exec(line) ?? [];
    const code = line.slice(found.length);
    const before = codes.at(-1) ?? '';
    // A prompt begins a statement, which the parser cannot see.
    const wouldJoin = begins !== undefined && joins.test(code) && /[^\s;{}]\s*$/.test(before);
    if (wouldJoin && !command.test(before)) codes[codes.length - 1] = `${before};`;
    codes.push(code);
  }
  return codes.join('\n');
}
