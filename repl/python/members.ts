import { binds, code, type Code, owner } from './code.ts';
import { listOf } from './compare.ts';
import { int, isOne, itemOf, type Kind, nullable, pickOf, unknown } from './kinds.ts';
import { camelCase, kindOfAttribute, propertyNamed } from './models.ts';
import { Refusal } from './refusal.ts';
import type { Names } from './names.ts';

/** An attribute of a value. @throws Refusal for one that is not known */
export function attribute(names: Names, of: Code, name: string): Code {
  const { kind } = of;
  const on = owner(of);
  switch (kind.is) {
    case 'db':
      if (name === 'session') return code(`${of.ts}.session`, { is: 'session' });
      throw new Refusal(`${of.ts}.${name} is not translated`, 'db.session');
    case 'session':
      if (/^(?:new|dirty|deleted)$/.test(name)) return code(`${on}.${name}`, { is: 'list', of: unknown });
      throw new Refusal(`${of.ts}.${name} is not translated`, `${of.ts}.${camelCase(name)}`);
    case 'class':
      return ofClass(names, of, kind.name, name);
    case 'entity':
      return ofEntity(names, of, kind, name);
    case 'page': {
      const kinds: Readonly<Record<string, Kind>> = {
        items: { is: 'list', of: unknown },
        page: int,
        pages: int,
        per_page: int,
        total: int,
        has_next: { is: 'bool' },
        has_prev: { is: 'bool' },
      };
      const found = kinds[name];
      if (found) return code(`${on}.${camelCase(name)}`, found);
      break;
    }
    case 'unknown': {
      const found = kindOfAttribute(names.models, name);
      const owners = Object.values(names.models).flatMap(model => propertyNamed(model, name) ?? []);
      const [only] = new Set(owners);
      if (only !== undefined && new Set(owners).size === 1 && camelCase(name) === only)
        return code(`${on}.${only}`, found);
      break;
    }
    default:
  }
  throw new Refusal(`${of.ts}.${name} is not translated`, `${on}.${camelCase(name)}`);
}

function ofClass(names: Names, { ts }: Code, entity: string, name: string): Code {
  const model = names.models[entity];
  const property = model && propertyNamed(model, name);
  if (name === 'query' && property === undefined)
    return code(`${ts}.query`, {
      is: 'rows',
      name: entity,
      form: 'query',
      of: { is: 'entity', name: entity },
    });
  const found = property === undefined ? undefined : model?.properties[property];
  if (property === undefined || !found) {
    const known = Object.keys(model?.properties ?? {}).join(', ');
    throw new Refusal(`${entity} has no property ${name}`, known === '' ? '' : `${entity} has ${known}`);
  }
  return code(`${ts}.${property}`, { is: 'column', entity, name: property, of: found.kind });
}

function ofEntity(
  names: Names,
  of: Code,
  { name: entity }: Extract<Kind, { is: 'entity' }>,
  name: string,
): Code {
  const model = names.models[entity];
  const property = model && propertyNamed(model, name);
  const found = property === undefined ? undefined : model?.properties[property];
  const on = owner(of);
  // The shell says of an unknown property which ones there are.
  if (property === undefined || !found) return code(`${on}.${camelCase(name)}`, unknown);
  const isKey =
    found.target !== undefined && !found.isMany && property !== name && camelCase(name) !== property;
  if (!isKey) return code(`${on}.${property}`, found.kind);
  const key =
    Object.entries(names.models[found.target ?? '']?.properties ?? {}).find(([, each]) => each.isKey)?.[0] ??
    'id';
  return found.kind.isNullable
    ? code(`${on}.${property}?.${key} ?? null`, nullable(int), binds.conditional)
    : code(`${on}.${property}.${key}`, int);
}

/** Functions of our own for what fails in Python and not in JavaScript. */
export type Helper = 'itemAt' | 'entryAt';

export const helpers: Readonly<Record<Helper, string>> = {
  itemAt: [
    'function itemAt(list, index) {',
    "  if (index >= list.length || index < -list.length) throw new RangeError('list index out of range')",
    '  return list.at(index)',
    '}',
  ].join('\n'),
  entryAt: [
    'function entryAt(map, key) {',
    '  if (!map.has(key)) throw new RangeError(`there is no key ${key}`)',
    '  return map.get(key)',
    '}',
  ].join('\n'),
};

/**
 * `xs[0]`, `xs[-1]`, `d['a']`.
 *
 * @param need tells that a helper is used; undefined where what is missing fails by itself, as when a member is read of it
 * @throws Refusal
 */
export function indexed(of: Code, index: Code, need: ((helper: Helper) => void) | undefined): Code {
  const { kind } = of;
  const on = owner(of);
  if (kind.isNullable) throw new Refusal(`${of.ts} may be None`, `${on}?.[${index.ts}]`);
  if (kind.is === 'map') {
    need?.('entryAt');
    return code(need ? `entryAt(${of.ts}, ${index.ts})` : `${on}.get(${index.ts})`, kind.of);
  }
  if (!isOne(index.kind, 'int'))
    throw new Refusal(`It is not known what ${of.ts}[${index.ts}] is`, `${on}[${index.ts}]`);
  const isPlain = /^\d+$/.test(index.ts);
  if (kind.is === 'tuple') {
    const item = kind.items.at(Number(index.ts));
    if (!item) throw new Refusal('There is no such item');
    return code(isPlain ? `${on}[${index.ts}]` : `${on}.at(${index.ts})`, item);
  }
  if (kind.is === 'rows' && kind.form === 'query' && pickOf(kind) === undefined && isPlain)
    return code(`${on}${index.ts === '0' ? '' : `.offset(${index.ts})`}.firstOrFail()`, kind.of);
  const held = itemOf(kind);
  if (!held || kind.is === 'set' || kind.is === 'rows')
    throw new Refusal(`It is not known what ${of.ts} holds`, `${on}[${index.ts}]`);
  const list = kind.is === 'str' ? `[...${of.ts}]` : listOf(of);
  if (need) {
    need('itemAt');
    return code(`itemAt(${list}, ${index.ts})`, held);
  }
  return code(isPlain ? `${list}[${index.ts}]` : `${list}.at(${index.ts})`, held);
}
