/** What is open at the end of some lines: brackets, with what stands before a `(`, templates and comments. */
type Open = '(' | 'condition(' | '[' | '{' | '${' | '`' | '/*';

const closers: ReadonlyMap<string, readonly Open[]> = new Map([
  [')', ['(', 'condition(']],
  [']', ['[']],
  ['}', ['{', '${']],
]);

/** Comments, strings, words and numbers, and single characters. */
const token =
  /\/\/.*|\/\*|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[\p{ID_Start}$_#][\p{ID_Continue}$]*|\d[\w.]*|\S/uy;

/** What an operand follows, so that a `/` begins a regular expression. */
const operators =
  /^(?:[([{,;:=!&|?+\-*%^~<>]|return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield|instanceof)$/;

/**
 * Follows what lines open and close, each line once, so that a text of many lines need not be parsed after each of them.
 * It knows only that a text goes on, and not that it is complete.
 */
export class OpenBrackets {
  readonly #open: Open[] = [];
  #before = '';
  #isSure = true;
  #endsInOperator = false;

  /** Whether the lines so far end inside a bracket, a template or a comment, or in an operator that wants an operand. */
  get goesOn(): boolean {
    return this.#isSure && (this.#open.length > 0 || this.#endsInOperator);
  }

  add(line: string): void {
    let index = 0;
    while (this.#isSure && index < line.length) index = this.#step(line, index);
    const endsInUpdate = /(?:\+\+|--)\s*(?:\/[/*].*)?$/.test(line);
    this.#endsInOperator = !endsInUpdate && /^[-+*%&|^,=]$/.test(this.#before);
    if (line.endsWith('\\') && this.#open.at(-1) !== '`') this.#isSure = false;
  }

  #step(line: string, index: number): number {
    const innermost = this.#open.at(-1);
    if (innermost === '/*') return this.#skipTo(line, index, '*/');
    if (innermost === '`') return this.#readTemplate(line, index);
    token.lastIndex = index;
    const found = token.exec(line)?.[0];
    if (found === undefined) return index + 1;
    if (found.startsWith('//')) return line.length;
    if (found === '/*') this.#open.push('/*');
    else if (found === '/') return this.#readSlash(line, index);
    else this.#read(found);
    return index + found.length;
  }

  #read(found: string): void {
    if (found === '`' || found === '[' || found === '{') this.#open.push(found);
    else if (found === '(')
      this.#open.push(/^(?:if|while|for|with)$/.test(this.#before) ? 'condition(' : '(');
    else if (closers.has(found)) {
      const opened = this.#open.pop();
      if (!opened || !closers.get(found)?.includes(opened)) this.#isSure = false;
      this.#before = opened === 'condition(' ? ';' : found;
      return;
    } else if (/^['"]$/.test(found)) this.#isSure = false;
    this.#before = found;
  }

  /** A division or a regular expression; after `}` it can be either. */
  #readSlash(line: string, index: number): number {
    if (this.#before === '}') this.#isSure = false;
    if (this.#before !== '' && !operators.test(this.#before)) {
      this.#before = '/';
      return index + 1;
    }
    const literal = /^\/(?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.)*\])+\/\w*/.exec(line.slice(index))?.[0];
    if (literal === undefined) this.#isSure = false;
    this.#before = 'literal';
    return index + (literal?.length ?? 1);
  }

  #readTemplate(line: string, index: number): number {
    const end = /\\.|`|\$\{/g;
    end.lastIndex = index;
    const found = end.exec(line);
    if (!found) return line.length;
    if (found[0] === '`') {
      this.#open.pop();
      this.#before = 'literal';
    } else if (found[0] === '${') {
      this.#open.push('${');
      this.#before = '(';
    }
    return found.index + found[0].length;
  }

  #skipTo(line: string, index: number, end: string): number {
    const found = line.indexOf(end, index);
    if (found < 0) return line.length;
    this.#open.pop();
    return found + end.length;
  }
}
