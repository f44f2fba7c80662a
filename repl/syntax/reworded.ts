/** What is said of `await` in a function that is not async. */
export const awaitInFunction =
  'await can only be used in async functions: leave it out, as typed functions wait by themselves, or write async before the function.';

/**
 * What a parser says, in plain words, and with what to do where there is something.
 *
 * @param position where the text is wrong
 */
export function reworded(message: string, source: string, position: number): string {
  const plain = message.replace(/ \(\d+:\d+\)$/, '');
  const before = source.slice(Math.max(0, position - maxSpace), position);
  const after = source.slice(position, position + maxSpace);
  if (plain.startsWith('Unexpected') && /(?:^|[^\w$.])await\s+$/.test(before)) return awaitInFunction;
  if (plain.startsWith('Unexpected') && /\bfor\s*$/.test(before) && /^await\b/.test(after))
    return awaitInFunction;
  if (plain === 'Unexpected token' && after.startsWith('**') && isOperand(before)) return unaryBeforePower;
  const [, jump, label] = /^Unsyntactic (\w+) ?(.*)$/.test(plain)
    ? (/^(break|continue)(?:[ \t]+([\w$]+))?/.exec(after) ?? [])
    : [];
  if (jump === undefined) return plain;
  if (label !== undefined)
    return `No ${jump === 'break' ? 'statement' : 'loop'} around this has the label ${label}.`;
  return `${jump} can only be used in a loop${jump === 'break' ? ' or a switch' : ''}.`;
}

/** V8's words. */
const unaryBeforePower =
  'Unary operator used immediately before exponentiation expression. Parenthesis must be used to disambiguate operator precedence';

/** Whether a text ends in what an operator may follow. */
function isOperand(text: string): boolean {
  const end =
    /(?:^|[^\w$])(return|case|else|do|new|in|of|instanceof|throw|yield|await|typeof|void|delete)\s*$/;
  return /[\w$)\]}'"`]\s*$/.test(text) && !end.test(text);
}

/** How far around a place is looked. */
const maxSpace = 80;
