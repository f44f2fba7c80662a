/** One step of a scenario, in the form that both sides play. */
export type Step = Action | Nested;

export interface Action {
  readonly op: string;
  readonly args: readonly unknown[];
  /** The line that it was written in. */
  readonly text: string;
  /** The only side that plays it. */
  readonly side?: Side;
}

/** Steps in a savepoint. */
export interface Nested {
  readonly op: 'nested';
  readonly steps: readonly Step[];
  /** Whether the savepoint is rolled back. */
  readonly fails: boolean;
  readonly text: string;
  readonly side?: Side;
}

type Side = 'python' | 'shell';

/**
 * Reads a script, one step a line:
 *
 *     u = User {name: "a"}       a new object        v = get Country "de"     by its key
 *     w = same u                 by the key of u     x = find User {name: "a"}
 *     y = merge u                add u v             remove u
 *     set p.author u             set p.title "x"     set u.posts [p q]
 *     append u.posts p           drop u.posts p      look u.posts
 *     commit  flush  rollback    expire u            refresh u  expunge u
 *     all User   count User      update User {where} {values}      delete User {where}
 *     sql …   elsewhere …        is u v              states   show
 *     nested … end   nested … undo
 *
 * `python:` and `shell:` before a step say that only that side plays it.
 */
export function readScript(script: string): Step[] {
  const lines = script
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
  return readSteps(lines, { at: 0 }, undefined);
}

function readSteps(lines: readonly string[], place: { at: number }, ends: undefined | string[]): Step[] {
  const steps: Step[] = [];
  while (place.at < lines.length) {
    const line = lines[place.at++] ?? '';
    if (ends !== undefined && ['end', 'undo'].includes(line)) {
      ends.push(line);
      return steps;
    }
    const [, side, text = ''] = /^(?:(python|shell): )?(.*)$/.exec(line) ?? [];
    const own = side === undefined ? {} : { side: side as Side };
    if (text === 'nested') {
      const end: string[] = [];
      const inner = readSteps(lines, place, end);
      steps.push({ op: 'nested', steps: inner, fails: end[0] === 'undo', text, ...own });
    } else {
      steps.push({ ...readAction(text), text, ...own });
    }
  }
  return steps;
}

function readAction(text: string): Pick<Action, 'op' | 'args'> {
  const made = /^(\w+) = (\w+) ?(.*)$/.exec(text);
  if (made !== null) {
    const [, name = '', word = '', rest = ''] = made;
    if (word === 'get' || word === 'find') {
      const [, type = '', key = ''] = /^(\w+) (.*)$/.exec(rest) ?? [];
      return { op: word, args: [name, type, word === 'get' ? JSON.parse(key) : readFields(key)] };
    }
    if (word === 'same' || word === 'merge') return { op: word, args: [name, rest] };
    return { op: 'new', args: [name, word, readFields(rest)] };
  }
  const [, op = '', rest = ''] = /^(\w+) ?(.*)$/.exec(text) ?? [];
  switch (op) {
    case 'sql':
    case 'elsewhere':
      return { op, args: [rest] };
    case 'set': {
      const [, name = '', field = '', value = ''] = /^(\w+)\.(\w+) (.*)$/.exec(rest) ?? [];
      return { op, args: [name, field, readValue(value)] };
    }
    case 'append':
    case 'drop':
    case 'look': {
      const [, name = '', field = '', member] = /^(\w+)\.(\w+) ?(\w+)?$/.exec(rest) ?? [];
      return { op, args: member === undefined ? [name, field] : [name, field, member] };
    }
    case 'update':
    case 'delete': {
      const [, type = '', where = '', values] = /^(\w+) (\{[^}]*\}) ?(\{.*\})?$/.exec(rest) ?? [];
      const args = [type, readFields(where)];
      return { op, args: values === undefined ? args : [...args, readFields(values)] };
    }
    default:
      return { op, args: rest === '' ? [] : rest.split(' ') };
  }
}

/** `{title: "x", author: u}` */
function readFields(text: string): object {
  if (text === '') return {};
  const inner = text.replace(/^\{|\}$/g, '').trim();
  if (inner === '') return {};
  return Object.fromEntries(
    inner.split(/,\s*(?=\w+:)/).map(field => {
      const [, name = '', value = ''] = /^(\w+):\s*(.*)$/.exec(field) ?? [];
      return [name, readValue(value)];
    }),
  );
}

/** JSON, the name of a variable, or a list of names. */
function readValue(text: string): unknown {
  if (text.startsWith('['))
    return {
      vars: text
        .slice(1, -1)
        .split(' ')
        .filter(name => name !== ''),
    };
  if (/^(?:null|true|false|-?\d.*|".*")$/.test(text)) return JSON.parse(text);
  return { var: text };
}
