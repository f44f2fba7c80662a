import { binds, code, type Code, operand, owner } from './code.ts';
import { listOf } from './compare.ts';
import { comprehension, tested } from './comprehensions.ts';
import { lengthOf } from './length.ts';
import { bool, int, isOne, itemOf, type Kind, never, none, str, sure, unknown } from './kinds.ts';
import { Refusal } from './refusal.ts';
import { textOf } from './text-of.ts';
import { truthOf } from './truth.ts';
import type { PyNode } from './tree.ts';
import type { Arguments, Writer } from './writer.ts';

/** A function of Python itself; undefined for a name that is none. @throws Refusal */
export function builtIn(writer: Writer, name: string, call: PyNode, given: Arguments): Code | undefined {
  if (!Object.hasOwn(functions, name)) return refused[name] === undefined ? undefined : refuse(name);
  const only = functions[name] as (use: Use) => Code;
  const { positional, keywords } = given;
  const list = call.children.find(({ type }) => type === 'ArgList');
  const isGenerator = list?.children.some(({ type }) => type === 'for') === true;
  const value = (index: number): Code => {
    if (isGenerator && index === 0 && list) return comprehension(writer, list);
    const node = positional[index];
    if (!node) throw new Refusal(`${name}() is given too little`);
    return writer.expression(node);
  };
  return only({ writer, name, positional, keywords, value, generator: isGenerator ? list : undefined });
}

interface Use {
  readonly writer: Writer;
  readonly name: string;
  readonly positional: readonly PyNode[];
  readonly keywords: ReadonlyMap<string, PyNode>;
  readonly value: (index: number) => Code;
  /** The arguments, if they are a generator such as `x for x in xs`. */
  readonly generator: PyNode | undefined;
}

const refused: Readonly<Record<string, string>> = {
  round: 'Math.round(x)',
  float: 'Number(x)',
  repr: 'String(x)',
  type: 'x.constructor',
  input: "'…'",
  open: "require('node:fs').readFileSync(file, 'utf8')",
  zip: 'xs.map((x, index) => [x, ys[index]])',
  dir: 'Object.keys(x)',
  vars: '{ ...x }',
  getattr: 'x[name]',
  setattr: 'x[name] = value',
  hasattr: 'name in x',
  iter: 'x[Symbol.iterator]()',
  next: 'iterator.next().value',
  id: '===',
  hash: '===',
  eval: '',
  exec: '',
};

function refuse(name: string): never {
  throw new Refusal(`${name}() is not translated`, refused[name]);
}

const functions: Readonly<Record<string, (use: Use) => Code>> = {
  print: printed,
  len: ({ value }) => lengthOf(value(0)),
  str: ({ value }) => textOf(value(0)),
  int: ({ value }) => {
    const of = value(0);
    if (isOne(of.kind, 'int')) return of;
    throw new Refusal('int() fails where JavaScript answers NaN', `Number.parseInt(${of.ts}, 10)`);
  },
  bool: ({ value }) => {
    const truth = truthOf(value(0));
    return truth.kind.is === 'bool' ? truth : code(`Boolean(${truth.ts})`, bool);
  },
  abs: ({ value }) => code(`Math.abs(${value(0).ts})`, numeric(value(0))),
  list: ({ value, positional, generator }) => {
    if (!generator && positional.length === 0) return code('[]', { is: 'list', of: never });
    const of = value(0);
    const item = itemOf(of.kind) ?? unknown;
    if (generator || of.kind.is === 'rows')
      return code(generator ? of.ts : listOf(of), {
        is: 'list',
        of: generator ? (itemOf(of.kind) ?? unknown) : item,
      });
    // What is made anew already needs no copy.
    const isFresh = of.ts.endsWith(')') && of.kind.is === 'list';
    return code(isFresh ? of.ts : `[...${of.kind.is === 'map' ? listOf(of) : of.ts}]`, {
      is: 'list',
      of: knownItem(of),
    });
  },
  tuple: ({ value }) => code(`[...${value(0).ts}]`, { is: 'list', of: knownItem(value(0)) }),
  set: ({ value, positional, generator }) => {
    if (!generator && positional.length === 0) return code('new Set()', { is: 'set', of: never });
    return code(`new Set(${value(0).ts})`, { is: 'set', of: simple(knownItem(value(0))) });
  },
  sum: ({ value, positional }) => {
    const of = value(0);
    const kind = knownItem(of);
    if (!isOne(kind, 'int') || positional.length > 1)
      throw new Refusal(
        `It is not known that ${of.ts} holds integers`,
        `${owner(of)}.reduce((sum, each) => sum + each, 0)`,
      );
    return code(`${listOf(of)}.reduce((sum, each) => sum + each, 0)`, int);
  },
  any: use => testedBy(use, 'some'),
  all: use => testedBy(use, 'every'),
  min: extreme,
  max: extreme,
  sorted: ({ writer, value, keywords }) => sortedList(writer, value(0), keywords),
  reversed: ({ value }) => code(`${listOf(value(0))}.toReversed()`, { is: 'list', of: knownItem(value(0)) }),
  enumerate: ({ value, positional, keywords }) => {
    const of = value(0);
    const kind: Kind = { is: 'list', of: { is: 'tuple', items: [int, knownItem(of)] } };
    if (positional.length === 1 && keywords.size === 0) return code(`[...${listOf(of)}.entries()]`, kind);
    const start = positional[1] ? value(1).ts : (keywords.get('start')?.text ?? '');
    if (!/^\d+$/.test(start))
      throw new Refusal(
        'This start of enumerate() is not translated',
        'list.map((each, index) => [index + 1, each])',
      );
    return code(`${listOf(of)}.map((each, index) => [index + ${start}, each])`, kind);
  },
  range: ({ value, positional }) => {
    const bounds = positional.map((_, index) => value(index));
    const [first, second] = bounds;
    if (!first || bounds.length > 2 || bounds.some(({ kind }) => !isOne(kind, 'int')))
      throw new Refusal('This range() is not translated', 'Array.from({ length: n }, (_, index) => index)');
    const kind: Kind = { is: 'list', of: int };
    const sizes = bounds.map(({ ts }) => Number(ts));
    if (!second) return code(`Array.from({ length: ${first.ts} }, (_, index) => index)`, kind);
    if (sizes.some(size => !Number.isInteger(size)))
      throw new Refusal('This range() is not translated', 'Array.from({ length: n }, (_, index) => index)');
    return code(
      `Array.from({ length: ${Math.max(0, (sizes[1] ?? 0) - (sizes[0] ?? 0))} }, (_, index) => index + ${first.ts})`,
      kind,
    );
  },
  map: ({ writer, value, positional }) => {
    const of = value(1);
    const by = writer.callback(positional[0] as PyNode, [knownItem(of)]);
    return code(`${listOf(of)}.map(${by.ts})`, { is: 'list', of: by.kind });
  },
  filter: ({ writer, value, positional }) => {
    const of = value(1);
    const by = writer.callback(positional[0] as PyNode, [knownItem(of)]);
    if (!isOne(by.kind, 'bool'))
      throw new Refusal('This filter() is not translated', `${listOf(of)}.filter(each => …)`);
    return code(`${listOf(of)}.filter(${by.ts})`, { is: 'list', of: knownItem(of) });
  },
  isinstance: ({ value, positional }) => {
    const [of, type] = [value(0), positional[1]?.text ?? ''];
    const plain = { str: 'string' }[type];
    if (plain) return code(`typeof ${operand(of, binds.unary)} === '${plain}'`, bool, binds.equality);
    const entity = positional[1] && /^[A-Z]/.test(type) ? value(1) : undefined;
    if (entity?.kind.is === 'class')
      return code(`${operand(of, binds.relation)} instanceof ${entity.ts}`, bool, binds.relation);
    throw new Refusal(`isinstance(…, ${type}) is not translated`, `typeof ${of.ts}`);
  },
  dict: ({ writer, positional, keywords }) => {
    if (positional.length > 0) throw new Refusal('This dict() is not translated', 'new Map(entries)');
    const entries = [...keywords].map(([name, node]) => ({ name, value: writer.expression(node) }));
    const [first] = entries;
    return code(`new Map([${entries.map(({ name, value }) => `['${name}', ${value.ts}]`).join(', ')}])`, {
      is: 'map',
      key: str,
      of: first?.value.kind ?? never,
    });
  },
  help: ({ value, positional }) => code(`help(${positional.length > 0 ? value(0).ts : ''})`, unknown),
  exit: () => code('exit()', none),
  quit: () => code('exit()', none),
};

function knownItem(of: Code): Kind {
  const item = itemOf(of.kind);
  if (item && !of.kind.isNullable) return item;
  throw new Refusal(`It is not known what ${of.ts} holds`, `[...${of.ts}]`);
}

function simple(kind: Kind): Kind {
  if (!isOne(kind, 'list', 'tuple', 'unknown', 'float', 'map', 'set')) return kind;
  throw new Refusal(
    'A Set of JavaScript tells two equal lists apart',
    'new Set(list.map(each => String(each)))',
  );
}

function numeric({ kind, ts }: Code): Kind {
  if (isOne(kind, 'int', 'float')) return kind;
  throw new Refusal(`It is not known that ${ts} is a number`, `Math.abs(${ts})`);
}

function testedBy({ writer, value, generator }: Use, method: 'some' | 'every'): Code {
  if (generator) return tested(writer, generator, method);
  const of = value(0);
  const each = truthOf(code('each', knownItem(of)));
  return code(`${listOf(of)}.${method}(each => ${each.ts})`, bool);
}

function extreme({ name, value, positional, keywords }: Use): Code {
  const values = positional.map((_, index) => value(index));
  if (values.length < 2 || keywords.size > 0 || values.some(({ kind }) => !isOne(kind, 'int', 'float')))
    throw new Refusal(
      `${name}() of an empty list fails in Python, and is Infinity in JavaScript`,
      `Math.${name}(...list)`,
    );
  return code(
    `Math.${name}(${values.map(({ ts }) => ts).join(', ')})`,
    values.every(({ kind }) => kind.is === 'int') ? int : { is: 'float' },
  );
}

/** `sorted(xs, key=lambda x: x.id, reverse=True)`: equal ones keep their order either way. */
function sortedList(writer: Writer, of: Code, keywords: ReadonlyMap<string, PyNode>): Code {
  const item = knownItem(of);
  const by = keywords.get('key');
  const reverse = keywords.get('reverse')?.text ?? 'False';
  const nearest = `${owner(of)}.toSorted((a, b) => a.id - b.id)`;
  if (
    !/^(?:True|False)$/.test(reverse) ||
    [...keywords.keys()].some(key => key !== 'key' && key !== 'reverse')
  )
    throw new Refusal('This sorted() is not translated', nearest);
  const made = by ? writer.callback(by, [item]) : undefined;
  const keyKind = made?.kind ?? item;
  const arrow = made && /^([\p{ID_Start}_$][\p{ID_Continue}$]*) => /u.exec(made.ts);
  const isKey = (name: string): string => {
    if (!made) return name;
    if (!arrow) return `(${made.ts})(${name})`;
    return made.ts
      .slice(arrow[0].length)
      .replaceAll(new RegExp(`(?<![\\w$])(?<!(?<!\\.\\.)\\.)${arrow[1]}(?![\\w$])`, 'g'), name);
  };
  // A text in quotes may hold the name of the parameter.
  if (arrow && /['`]/.test(made.ts)) throw new Refusal('This key is not translated', nearest);
  const [a, b] = reverse === 'True' ? ['b', 'a'] : ['a', 'b'];
  if (isOne(keyKind, 'int', 'float'))
    return code(`${listOf(of)}.toSorted((a, b) => ${isKey(a)} - ${isKey(b)})`, { is: 'list', of: item });
  if (!isOne(sure(keyKind), 'str') || keyKind.isNullable)
    throw new Refusal('It is not known how the keys are ordered', nearest);
  return code(
    `${listOf(of)}.toSorted((a, b) => (${isKey(a)} < ${isKey(b)} ? -1 : ${isKey(a)} > ${isKey(b)} ? 1 : 0))`,
    { is: 'list', of: item },
  );
}

/** `print(…)`: `console.log()` shows a value as the shell does, and a text as it is. */
function printed({ writer, positional, keywords, value, generator }: Use): Code {
  if (generator) throw new Refusal('print() of a generator is not translated', 'console.log(list)');
  if (positional.some(({ type }) => type === '*'))
    throw new Refusal('print(*…) is not translated', 'console.log(...list)');
  const values = positional.map((_, index) => value(index));
  const separator = keywords.get('sep');
  const isPlain = [...keywords.keys()].every(key => key === 'sep');
  if (!isPlain) throw new Refusal('end= of print() is not translated', 'process.stdout.write(text)');
  const write = (args: string): Code => code(`console.log(${args})`, none);
  if (values.length === 0) return write("''");
  if (separator)
    return write(
      `[${values.map(each => textOf(each).ts).join(', ')}].join(${writer.expression(separator).ts})`,
    );
  const shown = values.map(each =>
    each.kind.is === 'none' ? "'None'" : each.kind.is === 'error' ? `${owner(each)}.message` : each.ts,
  );
  if (values.length > 1 && values.every(({ kind }) => isOne(kind, 'str', 'int')) && !isFormatless(values[0]))
    return write(`\`${values.map(each => `\${${each.ts}}`).join(' ')}\``);
  // In a first text, % begins a format.
  const mayFormat = shown.length > 1 && !isFormatless(values[0]);
  return write(mayFormat ? `'%s', ${shown.join(', ')}` : shown.join(', '));
}

/** Whether a value does not begin a format of `console.log()`. */
function isFormatless(first: Code | undefined): boolean {
  if (!first) return true;
  const isText = first.ts.startsWith("'") && !first.ts.includes('%');
  return isText || isOne(first.kind, 'int', 'entity', 'list', 'collection', 'bool');
}
