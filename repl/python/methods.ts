import { code, type Code, owner } from './code.ts';
import { listOf } from './compare.ts';
import { bool, int, isOne, itemOf, join, type Kind, none, nullable, str, unknown } from './kinds.ts';
import { camelCase } from './models.ts';
import { Refusal } from './refusal.ts';
import type { Arguments, Writer } from './writer.ts';

/** A method of a text, a list or a dict. @throws Refusal */
export function method(writer: Writer, of: Code, name: string, given: Arguments): Code {
  const { kind } = of;
  const args = given.positional.map(each => writer.expression(each));
  const found = kind.isNullable || given.keywords.size > 0 ? undefined : byKind(of, name, args);
  if (found) return found;
  const known =
    kind.is === 'unknown' || kind.isNullable
      ? `It is not known what ${of.ts} holds`
      : `The method ${name}() is not translated`;
  throw new Refusal(known, `${owner(of)}.${camelCase(name)}(${args.map(({ ts }) => ts).join(', ')})`);
}

function byKind(of: Code, name: string, args: readonly Code[]): Code | undefined {
  switch (of.kind.is) {
    case 'str':
      return ofText(of, name, args);
    case 'list':
      return ofList(of, name, args, of.kind.of);
    case 'collection':
      return ofCollection(of, name, args, of.kind.name);
    case 'set':
      return name === 'add' && args[0] ? code(`${owner(of)}.add(${args[0].ts})`, none) : undefined;
    case 'map':
      return ofMap(of, name, args, of.kind);
    case 'date':
      return name === 'isoformat' ? undefined : undefined;
    default:
      return undefined;
  }
}

function ofText(of: Code, name: string, args: readonly Code[]): Code | undefined {
  const on = owner(of);
  const [first, second] = args;
  const areTexts = args.every(({ kind }) => isOne(kind, 'str'));
  const simple: Readonly<Record<string, readonly [string, Kind]>> = {
    upper: ['toUpperCase', str],
    lower: ['toLowerCase', str],
    strip: ['trim', str],
    lstrip: ['trimStart', str],
    rstrip: ['trimEnd', str],
  };
  const plain = simple[name];
  if (plain && args.length === 0) return code(`${on}.${plain[0]}()`, plain[1]);
  if (name === 'join' && first && isOne(itemOf(first.kind) ?? unknown, 'str'))
    return code(`${listOf(first)}.join(${of.ts})`, str);
  if (!first || !areTexts) return undefined;
  if (args.length === 1 && name === 'startswith') return code(`${on}.startsWith(${first.ts})`, bool);
  if (args.length === 1 && name === 'endswith') return code(`${on}.endsWith(${first.ts})`, bool);
  if (args.length === 1 && name === 'split' && first.ts !== "''")
    return code(`${on}.split(${first.ts})`, { is: 'list', of: str });
  // In a text, $ stands for what was found.
  if (name === 'replace' && second && args.length === 2)
    return code(
      `${on}.replaceAll(${first.ts}, ${second.ts.startsWith("'") && !second.ts.includes('$') ? second.ts : `() => ${second.ts}`})`,
      str,
    );
  return undefined;
}

function ofList(of: Code, name: string, args: readonly Code[], item: Kind): Code | undefined {
  const on = owner(of);
  const [first] = args;
  if (name === 'append' && first && args.length === 1)
    return code(`${on}.push(${first.ts})`, { is: 'list', of: join(item, first.kind) });
  if (name === 'extend' && first && args.length === 1)
    return code(`${on}.push(...${listOf(first)})`, {
      is: 'list',
      of: join(item, itemOf(first.kind) ?? unknown),
    });
  if (name === 'reverse' && args.length === 0) return code(`${on}.reverse()`, none);
  if (name === 'clear' && args.length === 0) return code(`${on}.length = 0`, none, 2);
  if (name === 'copy' && args.length === 0) return code(`[...${of.ts}]`, of.kind);
  return undefined;
}

/** The list of a relation. */
function ofCollection(of: Code, name: string, args: readonly Code[], entity: string): Code | undefined {
  const on = owner(of);
  const [first] = args;
  if (name === 'append' && first) return code(`${on}.add(${first.ts})`, none);
  if (name === 'extend' && first) return code(`${on}.add(${listOf(first)})`, none);
  if (name === 'remove' && first) return code(`${on}.remove(${first.ts})`, none);
  if (name === 'clear') return code(`${on}.removeAll()`, none);
  // A relation that is loaded dynamically.
  if (name === 'all') return code(`[...${of.ts}]`, { is: 'list', of: { is: 'entity', name: entity } });
  return name === 'count' && args.length === 0 ? code(`${on}.length`, int) : undefined;
}

function ofMap(
  of: Code,
  name: string,
  args: readonly Code[],
  { key, of: value }: Extract<Kind, { is: 'map' }>,
): Code | undefined {
  const on = owner(of);
  const [first, second] = args;
  if (name === 'items') return code(`[...${on}]`, { is: 'list', of: { is: 'tuple', items: [key, value] } });
  if (name === 'keys') return code(`[...${on}.keys()]`, { is: 'list', of: key });
  if (name === 'values') return code(`[...${on}.values()]`, { is: 'list', of: value });
  if (name !== 'get' || !first) return undefined;
  if (!second) return code(`(${on}.get(${first.ts}) ?? null)`, nullable(value));
  return value.isNullable || value.is === 'none'
    ? undefined
    : code(`(${on}.get(${first.ts}) ?? ${second.ts})`, join(value, second.kind));
}
