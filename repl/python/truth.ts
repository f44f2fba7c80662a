import { binds, type Code, code, operand, owner } from './code.ts';
import { bool } from './kinds.ts';
import { Refusal } from './refusal.ts';

/** A value as Python asks whether it is true: an empty list is not. @throws Refusal where the two languages may differ */
export function truthOf(value: Code): Code {
  const { kind, ts } = value;
  const maybe = kind.isNullable === true ? '?' : '';
  switch (kind.is) {
    case 'bool':
    case 'int':
    case 'str':
    case 'none':
    case 'entity':
    case 'date':
    case 'error':
    case 'float':
    case 'function':
      return value;
    case 'list':
    case 'tuple':
    case 'collection':
      return maybe === ''
        ? code(`${owner(value)}.length > 0`, bool, binds.relation)
        : code(`${owner(value)}?.length`, bool);
    case 'set':
    case 'map':
      return maybe === ''
        ? code(`${owner(value)}.size > 0`, bool, binds.relation)
        : code(`${owner(value)}?.size`, bool);
    default:
      throw new Refusal(
        `It is not known what ${ts} holds, and empty lists are true in JavaScript`,
        `${operand(value, binds.equality)} != null, or ${owner(value)}.length > 0`,
      );
  }
}

export function negated(value: Code): Code {
  const truth = truthOf(value);
  if (truth !== value && truth.ts.endsWith(' > 0'))
    return code(truth.ts.replace(/ > 0$/, ' === 0'), bool, binds.equality);
  return code(`!${operand(truth, binds.unary)}`, bool, binds.unary);
}
