import { binds, code, type Code, operand, owner } from './code.ts';
import { bool, isOne, itemOf, type Kind, pickOf, sure } from './kinds.ts';
import { Refusal } from './refusal.ts';

const numbers: readonly Kind['is'][] = ['int', 'float'];

/** `==`, `<`, `in`, `is` and their like, of values. @throws Refusal where JavaScript would answer otherwise */
export function compared(left: Code, operator: string, right: Code): Code {
  switch (operator) {
    case '==':
    case '!=':
    case 'is':
    case 'is not':
      return same(left, operator, right);
    case '<':
    case '>':
    case '<=':
    case '>=':
      return ordered(left, operator, right);
    case 'in':
      return contained(left, right);
    case 'not in': {
      const found = contained(left, right);
      return code(`!${operand(found, binds.unary)}`, bool, binds.unary);
    }
    default:
      throw new Refusal(`The operator ${operator} is not translated`);
  }
}

function same(left: Code, operator: string, right: Code): Code {
  const isEqual = operator === '==' || operator === 'is';
  const write = (sign: string): Code =>
    code(
      `${operand(left, binds.equality)} ${sign} ${operand(right, binds.equality + 1)}`,
      bool,
      binds.equality,
    );
  // What is not set is undefined here and None in Python.
  if (left.kind.is === 'none' || right.kind.is === 'none') return write(isEqual ? '==' : '!=');
  if (operator.startsWith('is') && !isLiteralBool(right)) {
    if (!isOne(sure(left.kind), 'entity', 'class') || !isOne(sure(right.kind), 'entity', 'class'))
      throw new Refusal(
        'Whether two values are one object differs in JavaScript',
        `${left.ts} === ${right.ts}`,
      );
  }
  if (!alike(left.kind, right.kind))
    throw new Refusal(
      `${left.ts} and ${right.ts} may be equal in Python and not in JavaScript, or the other way round`,
      `${operand(left, binds.equality)} === ${operand(right, binds.equality)}`,
    );
  // Zero has no sign that counts.
  const rest = right.ts === '0' ? /^\((.+ % (\d+)) \+ \2\) % \2$/.exec(left.ts)?.[1] : undefined;
  return rest === undefined
    ? write(isEqual ? '===' : '!==')
    : code(`${rest} ${isEqual ? '===' : '!=='} 0`, bool, binds.equality);
}

function isLiteralBool({ ts }: Code): boolean {
  return ts === 'true' || ts === 'false';
}

/** Whether `===` says what `==` says: lists, dates and what may be True or 1 are not so. */
function alike(one: Kind, other: Kind): boolean {
  const [left, right] = [sure(one), sure(other)];
  const simple: readonly Kind['is'][] = ['str', 'entity', 'class'];
  if (simple.includes(left.is) || simple.includes(right.is)) return true;
  if (left.is === 'bool' && right.is === 'bool') return true;
  return numbers.includes(left.is) && numbers.includes(right.is);
}

function ordered(left: Code, operator: string, right: Code): Code {
  const [one, other] = [left.kind, right.kind];
  const fits =
    (isOne(one, 'str') && isOne(other, 'str')) ||
    (isOne(one, 'date') && isOne(other, 'date')) ||
    (isOne(one, 'int', 'float') && isOne(other, 'int', 'float'));
  if (!fits)
    throw new Refusal(
      `${isOne(one, 'unknown') ? left.ts : right.ts} may hold what Python cannot order, and JavaScript would`,
      `${left.ts} ${operator} ${right.ts}`,
    );
  return code(
    `${operand(left, binds.relation)} ${operator} ${operand(right, binds.relation + 1)}`,
    bool,
    binds.relation,
  );
}

function contained(item: Code, list: Code): Code {
  const { kind } = list;
  if (isOne(kind, 'session')) return code(`${list.ts}.has(${item.ts})`, bool);
  if (isOne(kind, 'set', 'map') && !isOne(item.kind, 'unknown', 'list', 'tuple'))
    return code(`${owner(list)}.has(${item.ts})`, bool);
  if (isOne(kind, 'str') && isOne(item.kind, 'str')) return code(`${owner(list)}.includes(${item.ts})`, bool);
  const of = itemOf(kind);
  if (of && kind.is !== 'rows' && !kind.isNullable && alike(item.kind, of))
    return code(`${listOf(list)}.includes(${item.ts})`, bool);
  throw new Refusal(`It is not known what ${list.ts} holds`, `${owner(list)}.includes(${item.ts})`);
}

/** A sequence as an array, which has all the methods. @throws Refusal */
export function listOf(value: Code): string {
  const { kind } = value;
  if (kind.isNullable || itemOf(kind) === undefined)
    throw new Refusal(`It is not known that ${value.ts} is a list`, `[...${value.ts}]`);
  if (kind.is === 'list' || kind.is === 'tuple') return owner(value);
  if (kind.is === 'rows') {
    const pick = pickOf(kind);
    return pick === undefined ? `${owner(value)}.all()` : `${owner(value)}.all().map(${pick})`;
  }
  if (kind.is === 'map') return `[...${owner(value)}.keys()]`;
  return `[...${value.ts}]`;
}
