import { binds, code, type Code, operand, owner } from './code.ts';
import { float, int, isOne, join, str } from './kinds.ts';
import { listOf } from './compare.ts';
import { Refusal } from './refusal.ts';

/** `+`, `-`, `*`, `/`, `//`, `%`, `**` of values. @throws Refusal where JavaScript would compute something else */
export function computed(left: Code, operator: string, right: Code): Code {
  const areInts = isOne(left.kind, 'int') && isOne(right.kind, 'int');
  const areNumbers = isOne(left.kind, 'int', 'float') && isOne(right.kind, 'int', 'float');
  const kind = areInts ? int : float;
  const write = (sign: string, strength: number): Code =>
    code(`${operand(left, strength)} ${sign} ${operand(right, strength + 1)}`, kind, strength);
  switch (operator) {
    case '+':
      if (isOne(left.kind, 'str') && isOne(right.kind, 'str')) return { ...write('+', binds.sum), kind: str };
      if (isOne(left.kind, 'list') && isOne(right.kind, 'list'))
        return code(`[...${left.ts}, ...${right.ts}]`, join(left.kind, right.kind));
      if (areNumbers) return write('+', binds.sum);
      break;
    case '-':
      if (areNumbers) return write('-', binds.sum);
      break;
    case '*':
      if (areNumbers) return small(write('*', binds.product), left, right, (a, b) => a * b);
      if (isOne(left.kind, 'str') && isCount(right)) return code(`${owner(left)}.repeat(${right.ts})`, str);
      break;
    case '/':
      if (areNumbers && isNonZero(right)) return { ...write('/', binds.product), kind: float };
      if (areNumbers)
        throw new Refusal(
          'Python refuses to divide by zero, and JavaScript answers Infinity',
          write('/', binds.product).ts,
        );
      break;
    case '//':
      if (areInts && isNonZero(right)) return code(`Math.floor(${write('/', binds.product).ts})`, int);
      if (areInts)
        throw new Refusal(
          'Python refuses to divide by zero, and JavaScript answers Infinity',
          `Math.floor(${write('/', binds.product).ts})`,
        );
      break;
    case '%':
      if (areInts && isCount(right) && Number(right.ts) > 0) {
        const rest = write('%', binds.product);
        // The sign of a rest is that of the divisor in Python, and that of the dividend in JavaScript.
        return isCount(left) || left.ts.endsWith('.length')
          ? rest
          : code(`(${rest.ts} + ${right.ts}) % ${right.ts}`, int, binds.product);
      }
      if (areInts)
        throw new Refusal('The sign of a rest differs in JavaScript', `((${left.ts} % n) + n) % n`);
      break;
    case '**':
      if (areInts && isCount(left) && isCount(right))
        return small(write('**', binds.power), left, right, (a, b) => a ** b);
      throw new Refusal('The power may be larger than a number of JavaScript', write('**', binds.power).ts);
    default:
      throw new Refusal(`The operator ${operator} is not translated`, write(operator, binds.sum).ts);
  }
  throw new Refusal(
    `It is not known what ${unsure(left, right)} holds, and ${operator} would not fail in JavaScript where it does in Python`,
    write(operator, binds.sum).ts,
  );
}

function unsure(left: Code, right: Code): string {
  return isOne(left.kind, 'int', 'float', 'str', 'list') ? right.ts : left.ts;
}

function isCount({ ts }: Code): boolean {
  return /^\d+$/.test(ts);
}

function isNonZero({ ts }: Code): boolean {
  return /^-?\d[\d.]*$/.test(ts) && Number(ts) !== 0;
}

function small(written: Code, left: Code, right: Code, compute: (a: number, b: number) => number): Code {
  if (isCount(left) && isCount(right) && !Number.isSafeInteger(compute(Number(left.ts), Number(right.ts))))
    throw new Refusal('The result is too large for a number of JavaScript', `${left.ts}n`);
  return written;
}

/** A slice of a sequence: `xs[1:3]`, `xs[::-1]`. @throws Refusal */
export function sliced(of: Code, from: Code | undefined, to: Code | undefined, step: Code | undefined): Code {
  for (const each of [from, to])
    if (each && !isOne(each.kind, 'int'))
      throw new Refusal('The bounds of a slice must be known to be numbers', `${owner(of)}.slice(0, 5)`);
  const bounds = from || to ? [from?.ts ?? '0', ...(to ? [to.ts] : [])] : [];
  const isReversed = step?.ts === '-1';
  if (step && !(isReversed && bounds.length === 0) && step.ts !== '1')
    throw new Refusal(
      'This step of a slice is not translated',
      `${owner(of)}.filter((_, index) => index % 2 === 0)`,
    );
  const { kind } = of;
  if (kind.is === 'rows') {
    const counts = [from, to].every(each => each === undefined || isCount(each));
    if (kind.form !== 'query' || step || !counts)
      throw new Refusal('This slice of a query is not translated', `${owner(of)}.offset(0).limit(5).all()`);
    const offset = from ? Number(from.ts) : 0;
    const limit = to ? `.limit(${Math.max(0, Number(to.ts) - offset)})` : '';
    return code(`${owner(of)}${offset > 0 ? `.offset(${offset})` : ''}${limit}.all()`, {
      is: 'list',
      of: kind.of,
    });
  }
  const list = kind.is === 'str' ? `[...${of.ts}]` : listOf(of);
  const cut = isReversed ? `${list}.toReversed()` : `${list}.slice(${bounds.join(', ')})`;
  if (kind.is === 'str' && !kind.isNullable) return code(`${cut}.join('')`, str);
  if (kind.is === 'list') return code(cut, kind);
  if (kind.is === 'collection') return code(cut, { is: 'list', of: { is: 'entity', name: kind.name } });
  throw new Refusal(`It is not known what ${of.ts} holds`, cut);
}
