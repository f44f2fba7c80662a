import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, letrec, oneof, property, tuple } from 'fast-check';
import { escapeLine, unescapeLine } from '../../../repl/transcript/parse/read-expectation.ts';
import { matchLine } from '../../../repl/transcript/parse/match-line.ts';
import { quoteWildcards, substitute } from '../../../repl/transcript/parse/pattern.ts';

const none = new Map<string, string>();

describe('a wildcard', () => {
  it.each([
    ['int', ['0', '-7', '1234567890123'], ['', '1.5', '1n', 'a', '1 ', '--1', '1e3']],
    ['num', ['0', '-1.5', '1e21', '1.5e-7', 'Infinity', '-Infinity'], ['', '1.', '.5', '0x1', 'NaN', '1,5']],
    ['uuid', ['0190a5b2-7c3d-7e4f-8a1b-2c3d4e5f6a7b'], ['0190a5b2', '0190a5b2-7c3d-7e4f-8a1b-2c3d4e5f6a7g']],
    [
      'date',
      ['2026-01-05', '2026-01-05T12:00:00.000Z', '2026-01-05 12:00:00+01'.concat(':00')],
      ['05.01.2026', '2026-1-5'],
    ],
    ['ms', ['12', '12.5ms', '12 ms', '1.2s'], ['', 'ms', '12m', '-1ms']],
    ['path', ['/tmp/x.db', './a', String.raw`C:\a\b`, 'file:///a/b.js'], ['abc', '']],
    ['*', ['', 'any thing', '<int>'], []],
  ])('<%s>', (kind, matching, others) => {
    for (const text of matching)
      expect([text, matchLine(`a <${kind}> b`, `a ${text} b`, none)]).toEqual([text, none]);
    for (const text of others)
      expect([text, matchLine(`a <${kind}> b`, `a ${text} b`, none)]).toEqual([text, undefined]);
  });

  it.each([
    '<ref *1>',
    '<pending>',
    '<int',
    '< int>',
    '<Buffer 61>',
    '<constructor>',
    '<toString>',
    '<1 empty item>',
  ])('is not %s', text => {
    expect(matchLine(text, text, none)).toBe(none);
    expect(matchLine(text, `${text}.`, none)).toBeUndefined();
  });

  it.each([
    [String.raw`\<int>`, '<int>', true],
    [String.raw`\<int>`, '7', false],
    [String.raw`\\<int>`, String.raw`\<int>`, true],
    [String.raw`\<x:int>`, '<x:int>', true],
    [String.raw`\<...>`, '<...>', true],
    ['<re:/[0-9a-f]{4}/>', 'dead', true],
    ['<re:/[0-9a-f]{4}/>', 'deadly', false],
    [String.raw`<re:/a\/b|a>b/>`, 'a/b', true],
    ['<re:/a/b|a>b/>', 'a>b', true],
    [String.raw`\<re:/a/>`, '<re:/a/>', true],
    [String.raw`\<re:/a/>`, 'a', false],
    ['.', 'x', false],
    ['(a|b)[c]{2}$^*+?', '(a|b)[c]{2}$^*+?', true],
  ])('%s and %s', (written, printed, matches) => {
    expect(matchLine(written, printed, none) !== undefined).toBe(matches);
  });
});

describe('a name', () => {
  const bindings = new Map([['me', '7']]);

  it('is bound, and equal to itself within the line', () => {
    expect(matchLine('<a:int> <a>', '3 3', none)).toEqual(new Map([['a', '3']]));
    expect(matchLine('<a:int> <a>', '3 4', none)).toBeUndefined();
    expect(matchLine('<a:int> <a:int>', '3 4', none)).toBeUndefined();
  });

  it('stands for what it was bound to', () => {
    expect(matchLine('<me>!', '7!', bindings)).toBe(bindings);
    expect(matchLine('<me>!', '8!', bindings)).toBeUndefined();
    expect(matchLine('<me>', '<me>', bindings)).toBeUndefined();
  });

  it('may hold anything that a pattern would read', () => {
    expect(matchLine('<a>', 'b.*', new Map([['a', 'b.*']]))).toBeDefined();
    expect(matchLine('<a>', 'bxx', new Map([['a', 'b.*']]))).toBeUndefined();
  });

  it('may stand for nothing, beside a wildcard', () => {
    const bound = new Map([['a', '']]);
    expect(matchLine('<a> <int>', ' 7', bound)).toBe(bound);
    expect(matchLine('<a><int><a>', '7', bound)).toBe(bound);
    expect(matchLine('<a>', '', bound)).toBe(bound);
    expect(matchLine('<a><int>', 'x', bound)).toBeUndefined();
  });

  it('is literal as long as it is not bound', () => {
    expect(matchLine('<me>', '<me>', none)).toBe(none);
  });

  it('can be bound anew', () => {
    expect(matchLine('<me:int>', '9', bindings)).toEqual(new Map([['me', '9']]));
  });

  it('stands for its value in input', () => {
    expect(substitute("get(<me>, '<me>', <other>) < 3", bindings)).toBe("get(7, '7', <other>) < 3");
  });
});

describe('any printed line', () => {
  const pieces = constantFrom(
    '<int>',
    '<me>',
    '<x:int>',
    '<...>',
    '\\',
    '> ',
    '... ',
    '...',
    'sql: ',
    'sql:',
    'pending: ',
    ' ',
    'a',
    '<',
    '>',
    '<re:/a/>',
  );
  const line = array(pieces, { maxLength: 6 }).map(parts => parts.join('').trimEnd());

  it('can be written so that it stands for itself', () => {
    const bindings = new Map([['me', '7']]);
    assert(
      property(line, printed => {
        const written = escapeLine(quoteWildcards(printed, bindings));
        expect(written).not.toMatch(/^(?:> |\.\.\.(?: |$)|(?:sql|queries|pending): )|^\s*<\.\.\.>\s*$/);
        expect(matchLine(unescapeLine(written), printed, bindings)).toBe(bindings);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a line', () => {
  /** The same in a regular expression, which may take exponentially long. */
  const kinds = { '*': '.*', int: String.raw`-?\d+`, ms: String.raw`\d+(?:\.\d+)?(?: ?(?:ms|s))?` };

  function byExpression(line: string, text: string): Readonly<Record<string, string>> | undefined {
    const named = new Set<string>();
    const source = line.replaceAll(
      /<(?:(\w+):)?(\*|\w+)>|[.+()]/g,
      (all, name: string | undefined, word: string | undefined) => {
        if (word === undefined) return `\\${all}`;
        const again = name ?? word;
        if (named.has(again)) return `\\k<${again}>`;
        if (name === undefined) return word in kinds ? `(?:${kinds[word as keyof typeof kinds]})` : all;
        named.add(name);
        return `(?<${name}>${kinds[word as keyof typeof kinds]})`;
      },
    );
    const match = new RegExp(`^${source}$`, 'su').exec(text);
    return match ? { ...match.groups } : undefined;
  }

  it('matches as a regular expression does, and binds the same', () => {
    const part = constantFrom(
      'a',
      'b',
      '1',
      '.',
      '(',
      ' ',
      '<*>',
      '<int>',
      '<ms>',
      '<x:int>',
      '<y:*>',
      '<x>',
      '<y>',
    );
    const printed = array(constantFrom('a', 'b', '1', '12', '-', '.', '(', ' ', 'ms'), { maxLength: 8 });
    assert(
      property(array(part, { maxLength: 6 }), printed, (parts, texts) => {
        const [line, text] = [parts.join(''), texts.join('')];
        const bound = matchLine(line, text, none);
        const wanted = byExpression(line, text);
        expect(bound && Object.fromEntries(bound)).toEqual(wanted);
      }),
      { numRuns: 20_000 },
    );
  });

  it('may be of any length, with many wildcards', () => {
    const long = 'x'.repeat(33_000);
    expect(matchLine(long, long, none)).toBe(none);
    expect(matchLine(`<*>${long}`, long, none)).toBe(none);
    const rows = JSON.stringify(Array.from({ length: 2000 }, (_, id) => ({ id })));
    expect(matchLine(`${'<*>,'.repeat(30)}<*>{"id":1999}]`, rows, none)).toBe(none);
    expect(matchLine(`${'<*>,'.repeat(30)}<*>{"id":1999x}]`, rows, none)).toBeUndefined();
    expect(matchLine('<a:*>,<b:*>,<c:*> <a> <b> <c>!', `${'ab,'.repeat(12)}ab ab`, none)).toBeUndefined();
  });
});

describe('a regular expression', () => {
  const { source } = letrec<{ source: string }>(tie => ({
    source: oneof(
      { depthSize: 'small', withCrossShrink: true },
      constantFrom('a', 'b', '1', '[^a]', String.raw`\d`, '.', '[ab]', String.raw`\u{1F600}`, '-'),
      tuple(tie('source'), tie('source')).map(parts => parts.join('')),
      tuple(tie('source'), tie('source')).map(parts => parts.join('|')),
      tuple(tie('source'), constantFrom('', '*', '+', '?', '{2}', '{1,2}', '{1,}', '*?')).map(
        ([inner, sign]) => `(${inner})${sign}`,
      ),
    ),
  }));
  const printed = array(constantFrom('a', 'b', '1', '-', '\u{1F600}'), { maxLength: 6 });

  it('13: matches what it would match in JavaScript', () => {
    assert(
      property(source, printed, (expression, texts) => {
        const text = texts.join('');
        const matches = new RegExp(`^(?:${expression})$`, 'u').test(text);
        expect(matchLine(`x<re:/${expression}/>y`, `x${text}y`, none) !== undefined).toBe(matches);
      }),
      { numRuns: 5000 },
    );
  });

  it('13: is quick, whatever it is', () => {
    const long = 'a'.repeat(33_000);
    expect(matchLine('<re:/(a+)+b/>', long, none)).toBeUndefined();
    expect(matchLine('<re:/(a|a)*(a|aa)*/>c<*><re:/a{100}/>', long, none)).toBeUndefined();
    expect(matchLine('<x:re:/.*/><re:/.*/>', long, none)).toEqual(new Map([['x', long]]));
  });
});
