import { argumentsOf, called } from './calls.ts';
import { binds, code, type Code, operand } from './code.ts';
import { compared } from './compare.ts';
import { comprehension } from './comprehensions.ts';
import { type Condition, entitiesOf, writeCondition } from './condition.ts';
import { computed, sliced } from './arithmetic.ts';
import { callback } from './functions.ts';
import { bool, isOne, join, type Kind, never, none, str, sure } from './kinds.ts';
import { numberLiteral } from './literals.ts';
import { attribute, type Helper, indexed } from './members.ts';
import type { Names } from './names.ts';
import { operatorsOf, unwrapped } from './operators.ts';
import { absentIn, presentIn } from './present.ts';
import { readCondition } from './read-condition.ts';
import { Refusal } from './refusal.ts';
import { percentFormat, textLiteral } from './text-of.ts';
import { negated, truthOf } from './truth.ts';
import { inside, parts, type PyNode } from './tree.ts';
import type { Writer } from './writer.ts';

/** Writes expressions of Python as TypeScript. */
export class Expressions implements Writer {
  readonly names: Names;
  readonly needed = new Set<Helper>();
  readonly arguments = argumentsOf;

  constructor(names: Names) {
    this.names = names;
  }

  need = (helper: Helper): void => void this.needed.add(helper);

  expression = (node: PyNode): Code => this.#expression(node, true);

  object = (node: PyNode): Code => this.#expression(node, false);

  truth = (node: PyNode): Code => this.#truth(unwrapped(node));

  condition = (node: PyNode) => readCondition(this, node);

  callback = (node: PyNode, parameters: readonly Kind[]): Code => callback(this, node, parameters);

  /** @param isBare whether a missing item has to be noticed here */
  #expression(given: PyNode, isBare: boolean): Code {
    const node = unwrapped(given);
    const written = this.#plain(node, isBare);
    return written.kind.isNullable && this.names.isPresent(node.text)
      ? { ...written, kind: sure(written.kind) }
      : written;
  }

  #plain(node: PyNode, isBare: boolean): Code {
    switch (node.type) {
      case 'Number':
        return numberLiteral(node.text);
      case 'String':
      case 'FormatString':
      case 'ContinuedString':
        return textLiteral(this, node);
      case 'Boolean':
        return code(node.text.toLowerCase(), bool);
      case 'None':
        return code('null', none);
      case 'VariableName':
        return this.#name(node.text);
      case 'MemberExpression':
        return this.#member(node, isBare);
      case 'CallExpression': {
        const condition = readCondition(this, node);
        return condition ? this.#asObject(condition) : called(this, node);
      }
      case 'BinaryExpression':
        return this.#binary(node);
      case 'UnaryExpression':
        return this.#unary(node);
      case 'ConditionalExpression':
        return this.#conditional(node);
      case 'ArrayExpression':
        return this.#list(node);
      case 'TupleExpression': {
        const items = this.#items(node);
        return code(`[${items.map(({ ts }) => ts).join(', ')}]`, {
          is: 'tuple',
          items: items.map(({ kind }) => kind),
        });
      }
      case 'SetExpression': {
        const { ts, kind } = this.#list(node);
        const of = kind.is === 'list' ? kind.of : never;
        if (!isOne(of, 'int', 'str', 'entity'))
          throw new Refusal('A Set of JavaScript tells two equal lists apart', `new Set(${ts})`);
        return code(`new Set(${ts})`, { is: 'set', of });
      }
      case 'DictionaryExpression':
        return this.#dictionary(node);
      case 'ArrayComprehensionExpression':
      case 'ComprehensionExpression':
        return comprehension(this, node);
      case 'SetComprehensionExpression': {
        const list = comprehension(this, node);
        return code(`new Set(${list.ts})`, { is: 'set', of: list.kind.is === 'list' ? list.kind.of : never });
      }
      case 'DictionaryComprehensionExpression': {
        const pairs = comprehension(this, node);
        const [key = never, of = never] =
          pairs.kind.is === 'list' && pairs.kind.of.is === 'tuple' ? pairs.kind.of.items : [];
        return this.#map(pairs.ts, key, of);
      }
      case 'LambdaExpression':
        return callback(this, node, []);
      default:
        throw new Refusal(`${node.text} is not translated`);
    }
  }

  #name(name: string): Code {
    const kind = this.names.lookUp(name);
    if (kind?.is === 'refused') throw new Refusal(kind.why);
    const ts = this.names.typeScript(name);
    if (kind) return code(ts, kind);
    const original = this.names.original(name);
    if (original in this.names.models) return code(original, { is: 'class', name: original });
    if (original === 'db' || original === 'session') return code(original, { is: original });
    throw new Refusal(`${name} has no value that is known here`, `${ts} = …`);
  }

  #member(node: PyNode, isBare: boolean): Code {
    const [object, separator, name] = node.children;
    if (!object || !separator || !name) throw new Refusal(`${node.text} is not translated`);
    const of = this.object(object);
    if (separator.type === '.') return attribute(this.names, of, name.text);
    const inner = node.children.slice(2, -1);
    if (!inner.some(({ type }) => type === ':'))
      return indexed(of, this.expression(name), isBare ? this.need : undefined);
    const bounds: PyNode[][] = [[]];
    for (const each of inner)
      if (each.type === ':') bounds.push([]);
      else bounds.at(-1)?.push(each);
    const [from, to, step] = bounds.map(([bound]) => bound && this.expression(bound));
    return sliced(of, from, to, step);
  }

  #binary(node: PyNode): Code {
    const { left, operator, right } = operatorsOf(node);
    if (operator === 'and' || operator === 'or') return this.#logical(left, operator, right);
    const condition = readCondition(this, node);
    if (condition) return this.#asObject(condition);
    if (operator === '%' && left.type === 'String') return percentFormat(this, left, right);
    const isComparison = /^(?:[<>]=?|[=!]=|in|not in|is|is not)$/.test(operator);
    if (isComparison && left.type === 'BinaryExpression' && /[<>=]/.test(operatorsOf(left).operator))
      return this.#chained(left, operator, right);
    const [one, other] = [this.expression(left), this.expression(right)];
    return isComparison ? compared(one, operator, other) : computed(one, operator, other);
  }

  /** `1 < x < 3`. */
  #chained(left: PyNode, operator: string, right: PyNode): Code {
    const middle = operatorsOf(left).right;
    if (middle.type !== 'VariableName' && middle.type !== 'Number' && middle.type !== 'MemberExpression')
      throw new Refusal('The middle of this comparison would be evaluated twice', 'a < b && b < c');
    const first = this.expression(left);
    const second = compared(this.expression(middle), operator, this.expression(right));
    return code(`${operand(first, binds.and)} && ${operand(second, binds.and + 1)}`, bool, binds.and);
  }

  #logical(left: PyNode, operator: 'and' | 'or', right: PyNode): Code {
    const known = operator === 'and' ? presentIn(left) : absentIn(left);
    const [one, other] = [this.expression(left), this.names.where(known, () => this.expression(right))];
    if (one.kind.is === 'column' || one.kind.is === 'condition')
      throw new Refusal(
        `${operator} joins no conditions on columns in SQLAlchemy`,
        operator === 'and' ? 'and_(…)' : 'or_(…)',
      );
    if (truthOf(one) !== one)
      throw new Refusal(
        `${left.text} ${operator} … gives a list, and not whether it is true`,
        `${truthOf(one).ts} ? … : …`,
      );
    const strength = operator === 'and' ? binds.and : binds.or;
    const kind = join(operator === 'or' ? sure(one.kind) : one.kind, other.kind);
    return code(
      `${operand(one, strength)} ${operator === 'and' ? '&&' : '||'} ${operand(other, strength + 1)}`,
      kind,
      strength,
    );
  }

  #truth(node: PyNode): Code {
    if (node.type !== 'BinaryExpression') return truthOf(this.expression(node));
    const { left, operator, right } = operatorsOf(node);
    if (operator !== 'and' && operator !== 'or') return truthOf(this.expression(node));
    const known = operator === 'and' ? presentIn(left) : absentIn(left);
    const [one, other] = [this.truth(left), this.names.where(known, () => this.truth(right))];
    const strength = operator === 'and' ? binds.and : binds.or;
    const sign = operator === 'and' ? '&&' : '||';
    return code(`${operand(one, strength)} ${sign} ${operand(other, strength + 1)}`, bool, strength);
  }

  #unary(node: PyNode): Code {
    const [sign, given] = node.children;
    if (!sign || !given) throw new Refusal(`${node.text} is not translated`);
    const condition = sign.text === '~' ? readCondition(this, node) : undefined;
    if (condition) return this.#asObject(condition);
    const of = this.expression(given);
    if (sign.text === 'not') return negated(of);
    if (!isOne(of.kind, 'int', 'float') || sign.text === '~')
      throw new Refusal(`${node.text} is not translated`, `${sign.text}${of.ts}`);
    return code(
      `${sign.text}${operand(of, binds.unary)
        .replace(/^[-+]/, '($&')
        .replace(/^\([-+].*/, '$&)')}`,
      of.kind,
      binds.unary,
    );
  }

  #conditional({ children }: PyNode): Code {
    const [yes, , test, , no] = children;
    if (!yes || !test || !no) throw new Refusal('This if … else is not translated');
    const condition = this.truth(test);
    const one = this.names.where(presentIn(test), () => this.expression(yes));
    const other = this.names.where(absentIn(test), () => this.expression(no));
    return code(
      `${operand(condition, binds.or)} ? ${operand(one, binds.conditional)} : ${operand(other, binds.conditional)}`,
      join(one.kind, other.kind),
      binds.conditional,
    );
  }

  #items(node: PyNode): Code[] {
    return parts(inside(node)).map(([first, ...rest]) => {
      if (!first || rest.length > 0) throw new Refusal('* is not translated here', '[...list, item]');
      return this.expression(first);
    });
  }

  #list(node: PyNode): Code {
    const items = this.#items(node);
    return code(`[${items.map(({ ts }) => ts).join(', ')}]`, {
      is: 'list',
      of: items.map(({ kind }) => kind).reduce(join, never),
    });
  }

  /** A dict keeps its order and every kind of key, and so is a Map. */
  #dictionary(node: PyNode): Code {
    const entries = parts(inside(node)).map(([key, , value, ...rest]) => {
      if (!key || !value || rest.length > 0)
        throw new Refusal('** is not translated here', 'new Map([...map, [key, value]])');
      return [this.expression(key), this.expression(value)] as const;
    });
    const kindOf = (index: 0 | 1): Kind => entries.map(entry => entry[index].kind).reduce(join, never);
    const written = entries.map(([key, value]) => `[${key.ts}, ${value.ts}]`);
    return this.#map(written.length === 0 ? '' : `[${written.join(', ')}]`, kindOf(0), kindOf(1));
  }

  #map(entries: string, key: Kind, of: Kind): Code {
    if (key !== never && !isOne(key, 'str', 'int', 'entity'))
      throw new Refusal('A Map of JavaScript tells two equal keys apart', `new Map(${entries})`);
    return code(`new Map(${entries})`, { is: 'map', key: key === never ? str : key, of });
  }

  /** A condition that is kept in a variable. */
  #asObject(condition: Condition): Code {
    const [entity = '', ...others] = new Set(entitiesOf(condition));
    if (others.length > 0)
      throw new Refusal('A condition on several classes is only translated within filter()', `filter({ … })`);
    return code(
      writeCondition(condition, () => []),
      { is: 'condition', entity },
    );
  }
}
