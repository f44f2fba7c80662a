import { code, type Code, objectOf, owner, quoted } from './code.ts';
import { allOf, entitiesOf, type Place, writeCondition } from './condition.ts';
import { int, type Kind, nullable, pickOf, type Rows, unknown } from './kinds.ts';
import { camelCase, propertyNamed } from './models.ts';
import { unwrapped } from './operators.ts';
import { conditionIn } from './read-condition.ts';
import { Refusal } from './refusal.ts';
import { inside, parts, type PyNode } from './tree.ts';
import type { Arguments, Writer } from './writer.ts';

/** A method of a query, or of what `execute()` returns. @throws Refusal */
export function queryMethod(writer: Writer, query: Code, kind: Rows, name: string, given: Arguments): Code {
  const { positional, keywords } = given;
  const on = owner(query);
  const keep = (call: string, changed: Partial<Rows> = {}): Code =>
    code(`${on}${call}`, { ...kind, ...changed });
  const values = () => positional.map(each => writer.expression(each).ts).join(', ');
  switch (name) {
    case 'filter_by':
      return keep(`.filterBy(${fieldsOf(writer, kind.name, keywords)})`);
    case 'filter':
    case 'where': {
      if (positional.length === 0) return query;
      const condition = allOf(positional.map(each => conditionIn(writer, each)));
      assertJoins(kind, condition.kind === 'or' || condition.kind === 'not' ? entitiesOf(condition) : []);
      return keep(`.filter(${writeCondition(condition, placeIn(kind))})`);
    }
    case 'order_by':
      return keep(`.orderBy(${positional.map(each => orderOf(writer, each, kind)).join(', ')})`);
    case 'distinct':
      if (kind.columns !== undefined)
        throw new Refusal(
          'Two rows that are alike are told apart by their keys here',
          `[...new Set(${on}.all().map(row => row.${kind.columns[0]}))]`,
        );
      return keep(`.distinct(${values()})`);
    case 'limit':
    case 'offset':
      return keep(`.${name}(${values()})`);
    case 'options':
      return keep(`.populate(${positional.map(each => populated(writer, each)).join(', ')})`);
    case 'join':
      return joined(writer, query, kind, positional);
    case 'scalars':
      if (kind.form === 'result')
        return code(query.ts, { ...firstColumn(kind), form: 'scalars' }, query.binds);
      break;
    case 'unique':
      return query;
    case 'select_from':
    case 'execution_options':
      break;
    case 'values':
      if (kind.form === 'update')
        return code(`${on}.update(${fieldsOf(writer, kind.name, keywords)})`, { ...kind, form: 'update' });
      break;
    default:
  }
  const ended = end(writer, query, kind, name, given);
  if (ended) return ended;
  throw new Refusal(`${name}() of a query is not translated`, `em.createQueryBuilder(${kind.name})`);
}

/** What runs the query. */
function end(
  writer: Writer,
  query: Code,
  kind: Rows,
  name: string,
  { positional, keywords }: Arguments,
): Code | undefined {
  const { form } = kind;
  const on = owner(query);
  const isScalar = /^scalar(?:_one|_one_or_none)?$/.test(name) || name === 'scalar';
  if (form === 'select' || form === 'update' || form === 'delete')
    throw new Refusal('This statement runs only when the session executes it', `${on}.all()`);
  if (kind.columns !== undefined) {
    if (isScalar) return end(writer, query, firstColumn(kind), name, { positional, keywords });
    const ended = tuplesOf(query, kind, name);
    if (!ended)
      throw new Refusal(
        `${name}() of a query for tuples is not translated`,
        `${on}.all().map(${pickOf(kind)})`,
      );
    return ended;
  }
  if (form === 'result' && !isScalar) throw new Refusal('Rows come as tuples', `${on}.all()`);
  const one: Kind = kind.of;
  const column = kind.column;
  const single = (call: string, isOptional: boolean): Code => {
    if (column === undefined) return code(`${on}.${call}()`, isOptional ? nullable(one) : one);
    if (isOptional)
      throw new Refusal(
        'A column of a row that may be missing is not translated',
        `${on}.${call}()?.${column}`,
      );
    return code(`${on}.${call}().${column}`, one);
  };
  if (column === 'count()') {
    if (/^(?:scalar|scalar_one|one)$/.test(name) && (form === 'result' || name === 'scalar'))
      return code(`${on}.count()`, int);
    throw new Refusal('A count is one number', `${on}.count()`);
  }
  const ts = (node: PyNode): string => writer.expression(node).ts;
  switch (name) {
    case 'all':
      return column === undefined
        ? code(`${on}.all()`, { is: 'list', of: one })
        : code(`${on}.all().map(row => row.${column})`, { is: 'list', of: one });
    case 'first':
      return single('first', true);
    case 'one':
    case 'scalar_one':
      return single('one', false);
    case 'one_or_none':
    case 'scalar_one_or_none':
      return single('oneOrNone', true);
    case 'scalar':
      return single('first', true);
    case 'first_or_404':
      return single('firstOrFail', false);
    case 'one_or_404':
      return single('one', false);
    case 'count':
      return code(`${on}.count()`, int);
    case 'get':
      return code(`${on}.get(${keyOfRow(writer, positional)})`, nullable(one));
    case 'get_or_404':
      return code(`${on}.getOrFail(${keyOfRow(writer, positional)})`, one);
    case 'paginate': {
      const names = ['page', 'per_page'];
      const all = new Map([
        ...positional.map((each, index) => [names[index] ?? '', each] as const),
        ...keywords,
      ]);
      if ([...all.keys()].some(key => key !== 'error_out' && !names.includes(key))) return undefined;
      return code(
        `${on}.paginate(${objectOf([...all].map(([key, value]) => [camelCase(key), ts(value)]))})`,
        { is: 'page' },
      );
    }
    case 'update': {
      const [fields] = positional;
      if (!fields || keywords.size > 0) break;
      return code(`${on}.update(${assignedIn(writer, kind.name, fields)})`, int);
    }
    case 'delete':
      return positional.length + keywords.size === 0 ? code(`${on}.delete()`, int) : undefined;
    default:
  }
  return undefined;
}

/** What runs a query whose rows are tuples. */
function tuplesOf(query: Code, kind: Rows, name: string): Code | undefined {
  const on = owner(query);
  const pick = pickOf(kind);
  switch (name) {
    case 'all':
    case 'fetchall':
      return code(`${on}.all().map(${pick})`, { is: 'list', of: kind.of });
    case 'first':
      return code(`(${on}.limit(1).all().map(${pick})[0] ?? null)`, nullable(kind.of));
    case 'one':
      return code(`[${on}.one()].map(${pick})[0]`, kind.of);
    case 'count':
      return kind.form === 'query' ? code(`${on}.count()`, int) : undefined;
    default:
      return undefined;
  }
}

/** Of rows that are tuples, what `scalars()` leaves. */
function firstColumn({ columns, ...kind }: Rows): Rows {
  const [column] = columns ?? [];
  if (column === undefined) return kind;
  return { ...kind, column, of: kind.of.is === 'tuple' ? (kind.of.items[0] ?? unknown) : unknown };
}

function keyOfRow(writer: Writer, [key, ...rest]: readonly PyNode[]): string {
  if (!key || rest.length > 0) throw new Refusal('get() takes one key', 'get([1, 2])');
  return writer.expression(key).ts;
}

/** Keyword arguments as an object of an entity's properties. */
export function fieldsOf(writer: Writer, entity: string, keywords: ReadonlyMap<string, PyNode>): string {
  const fields = [...keywords].map(([name, value]): [string, string] => {
    const { kind, ts } = writer.expression(value);
    if (kind.is === 'rows') throw new Refusal(`${name} is given a query and not its rows`, `${ts}.first()`);
    const property = propertyIn(writer, entity, name);
    const { target, columns = [], isMany } = writer.names.models[entity]?.properties[property] ?? {};
    // A key for the column of a relation that has no property of its own.
    const isKey =
      target !== undefined &&
      isMany !== true &&
      property !== name &&
      columns.includes(name) &&
      kind.is !== 'entity';
    return [property, isKey && kind.is !== 'none' ? `em.getReference(${target}, ${ts})` : ts];
  });
  return objectOf(fields);
}

export function propertyIn(writer: Writer, entity: string, name: string): string {
  const model = writer.names.models[entity];
  return (model && propertyNamed(model, name)) ?? camelCase(name);
}

function assignedIn(writer: Writer, entity: string, given: PyNode): string {
  if (given.type !== 'DictionaryExpression')
    throw new Refusal('The new values are not spelled out', 'update({ property: value })');
  return objectOf(
    parts(inside(given)).map(part => {
      const [key, value] = [part[0], part.at(-1)];
      if (!key || !value || part.length !== 3)
        throw new Refusal('** is not translated here', 'update({ ...values })');
      const named = key.type === 'String' ? key.text.slice(1, -1) : key.children.at(-1)?.text;
      if (named === undefined) throw new Refusal(`${key.text} is no property`);
      const written = writer.expression(value);
      if (written.kind.is === 'column' || (/\b[A-Z]\w*\.\w+/.test(value.text) && writer.condition(value)))
        throw new Refusal('A column gets the value of another', `update({ ${named}: raw('…') })`);
      return [propertyIn(writer, entity, named), written.ts];
    }),
  );
}

function orderOf(writer: Writer, given: PyNode, rows: Rows): string {
  const { column, direction } = readOrder(writer, unwrapped(given));
  const { kind } = writer.expression(column);
  if (kind.is !== 'column')
    throw new Refusal(`${given.text} is no order by a column`, `orderBy({ property: 'desc' })`);
  const path = placeIn(rows)(kind.entity);
  if (!path)
    throw new Refusal(
      `${kind.entity} is not joined to this query`,
      `orderBy({ relation: { ${kind.name}: '${direction}' } })`,
    );
  if (path.length === 0 && direction === 'asc') return quoted(kind.name);
  return [...path, kind.name].reduceRight((inner, name) => `{ ${name}: ${inner} }`, quoted(direction));
}

function readOrder(writer: Writer, node: PyNode): { column: PyNode; direction: 'asc' | 'desc' } {
  const [callee] = node.children;
  if (node.type !== 'CallExpression' || !callee) return { column: node, direction: 'asc' };
  const name =
    callee.type === 'MemberExpression' ? callee.children.at(-1)?.text : writer.names.original(callee.text);
  const [given] = writer.arguments(node).positional;
  const column = given ?? callee.children[0];
  if ((name === 'desc' || name === 'asc') && column) return { column, direction: name };
  throw new Refusal(`${node.text} is no order that is translated`, "orderBy({ property: 'desc' })");
}

/** `joinedload(User.posts)` and its like. */
function populated(writer: Writer, node: PyNode): string {
  const name = node.children[0]?.text.split('.').at(-1) ?? '';
  const [given] = node.type === 'CallExpression' ? writer.arguments(node).positional : [];
  const kind = given ? writer.expression(given).kind : unknown;
  if (!/^(?:joined|selectin|subquery|immediate)load$/.test(name) || kind.is !== 'column')
    throw new Refusal(`The option ${node.text} is not translated`, "populate('relation')");
  return quoted(kind.name);
}

/** A join is a relation in the conditions. */
function joined(writer: Writer, query: Code, kind: Rows, [given, ...rest]: readonly PyNode[]): Code {
  const target = given && writer.expression(given).kind;
  const nearest = `${query.ts}.filter({ relation: { property: … } })`;
  if (!target || rest.length > 0) throw new Refusal('This join is not translated', nearest);
  const model = writer.names.models[kind.name];
  const relations = Object.entries(model?.properties ?? {}).filter(([name, { target: leadsTo }]) =>
    target.is === 'column'
      ? target.entity === kind.name && target.name === name
      : target.is === 'class' && leadsTo === target.name,
  );
  const [[name, { target: entity, isMany }] = ['', {} as { target?: string; isMany?: boolean }]] = relations;
  if (relations.length !== 1 || entity === undefined || isMany === true)
    throw new Refusal('Only a join to one object by one relation is translated', nearest);
  // Without the row of the other table there is none in the result.
  return code(`${owner(query)}.filter({ ${name}: { $ne: null } })`, {
    ...kind,
    joined: { ...kind.joined, [entity]: name },
  });
}

function assertJoins({ joined: by = {} }: Rows, entities: readonly string[]): void {
  for (const entity of entities)
    if (entity in by)
      throw new Refusal(
        'or_() and ~ over a join are not translated',
        'filter({ $or: [{ relation: { … } }, …] })',
      );
}

function placeIn({ name, joined: by = {} }: Rows): Place {
  return entity => (entity === name ? [] : by[entity] === undefined ? undefined : [by[entity]]);
}
