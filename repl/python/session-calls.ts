import { code, type Code, owner } from './code.ts';
import { int, type Kind, none, nullable, type Rows, unknown } from './kinds.ts';
import { Refusal } from './refusal.ts';
import type { PyNode } from './tree.ts';
import type { Arguments, Writer } from './writer.ts';

/** What a method of `db` does, for those that have the same name here in camel case. */
const schema: Readonly<Record<string, string>> = { create_all: 'createAll', drop_all: 'dropAll' };

const sessionMethods: Readonly<Record<string, string>> = {
  add: 'add',
  add_all: 'addAll',
  delete: 'delete',
  commit: 'commit',
  rollback: 'rollback',
  flush: 'flush',
  refresh: 'refresh',
  expire: 'expire',
  expunge: 'expunge',
  merge: 'merge',
};

/** A method of `db.session`. @throws Refusal */
export function sessionMethod(
  writer: Writer,
  session: Code,
  name: string,
  { positional, keywords }: Arguments,
): Code {
  const on = owner(session);
  const counted =
    name === 'query' && positional.length === 1 ? countOf(writer, positional[0] as PyNode) : undefined;
  if (counted) return { ...counted, kind: { ...counted.kind, form: 'query' } };
  const values = positional.map(each => writer.expression(each));
  const [first, second] = values;
  const same = sessionMethods[name];
  if (same !== undefined && keywords.size === 0)
    return code(
      `${on}.${same}(${values.map(({ ts }) => ts).join(', ')})`,
      name === 'merge' && first ? first.kind : none,
    );
  if (name === 'get' && first?.kind.is === 'class' && second)
    return code(`${on}.get(${first.ts}, ${second.ts})`, nullable({ is: 'entity', name: first.kind.name }));
  if (name === 'query' && values.length === 1 && first?.kind.is === 'class')
    return rowsOf(first, `${on}.query`, 'query');
  if (name === 'query') return tuplesOf(values, `${on}.query`, 'query');
  const rows = first?.kind;
  if (rows?.is === 'rows' && values.length === 1) {
    if (name === 'scalar' && rows.form === 'select') return scalar(first as Code, rows);
    if (name === 'scalars' && rows.form === 'select')
      return { ...(first as Code), kind: { ...rows, form: 'scalars' } };
    if (name === 'execute' && rows.form === 'select')
      return { ...(first as Code), kind: { ...asTuples(rows), form: 'result' } };
    if (name === 'execute' && rows.form === 'delete')
      return code(`${owner(first as Code)}.delete()`, unknown);
    if (name === 'execute' && rows.form === 'update' && /\.update\(.*\)$/.test((first as Code).ts))
      return { ...(first as Code), kind: unknown };
  }
  throw new Refusal(`${session.ts}.${name}() is not translated`, nearest[name] ?? `help(db.session)`);
}

const nearest: Readonly<Record<string, string>> = {
  execute: "em.execute('select …')",
  bulk_save_objects: 'db.session.addAll([…])',
  bulk_insert_mappings: 'db.session.addAll(rows.map(row => new User(row)))',
  expire_all: 'db.session.commit()',
  expunge_all: 'em.clear()',
  close: 'db.session.rollback()',
  remove: 'db.session.rollback()',
  begin: 'db.session.commit()',
  query: 'User.query.all().map(user => [user.id, user.username])',
};

/** `count()` is the one function of SQL that has a method. */
function scalar(statement: Code, rows: Rows): Code {
  if (rows.column === 'count()') return code(`${owner(statement)}.count()`, int);
  if (rows.column !== undefined)
    throw new Refusal(
      'A column of a row that may be missing is not translated',
      `${owner(statement)}.first()?.${rows.column}`,
    );
  return code(`${owner(statement)}.first()`, nullable(rows.of));
}

/** A method of `db`, or a function of SQLAlchemy: `select()`, `update()`. @throws Refusal */
export function moduleCall(
  writer: Writer,
  name: string,
  given: Arguments,
  db: string | undefined,
): Code | undefined {
  const { positional } = given;
  const values = (): Code[] => positional.map(each => writer.expression(each));
  if (db !== undefined && schema[name]) return code(`${db}.${schema[name]}()`, none);
  switch (name) {
    case 'select': {
      const counted = positional.length === 1 ? countOf(writer, positional[0] as PyNode) : undefined;
      if (counted) return counted;
      const [first, ...rest] = values();
      return first && rest.length === 0
        ? rowsOf(first, undefined, 'select')
        : tuplesOf([...(first ? [first] : []), ...rest], undefined, 'select');
    }
    case 'update':
    case 'delete': {
      const [first] = values();
      if (first?.kind.is === 'class') return rowsOf(first, undefined, name);
      break;
    }
    case 'get_or_404': {
      const [first, second] = values();
      if (first?.kind.is === 'class' && second)
        return code(`${first.ts}.query.getOrFail(${second.ts})`, { is: 'entity', name: first.kind.name });
      break;
    }
    case 'text':
      throw new Refusal('SQL is not translated', "em.execute('…')");
    default:
  }
  if (db !== undefined) throw new Refusal(`${db}.${name}() is not translated`, 'help(db)');
  return undefined;
}

/** The rows of a class, or of one of its columns. */
function rowsOf(of: Code, call: string | undefined, form: Rows['form']): Code {
  const { kind } = of;
  if (kind.is === 'class') {
    const entity: Kind = { is: 'entity', name: kind.name };
    return code(call === undefined ? `${of.ts}.query` : `${call}(${of.ts})`, {
      is: 'rows',
      name: kind.name,
      form,
      of: entity,
    });
  }
  const name = kind.is === 'column' ? kind.entity : '';
  const rows = call === undefined ? `${name}.query` : `${call}(${name})`;
  if (kind.is === 'column') return code(rows, { is: 'rows', name, form, of: kind.of, column: kind.name });
  throw new Refusal(`The rows of ${of.ts} are not translated`, 'User.query.all()');
}

/** What `execute()` returns has a tuple for each row, of one column, too. */
function asTuples(rows: Rows): Rows {
  const { column, ...others } = rows;
  if (column === undefined || column === 'count()') return rows;
  return { ...others, columns: [column], of: { is: 'tuple', items: [rows.of] } };
}

/** The rows of some columns of one class, each a tuple. @throws Refusal */
function tuplesOf(values: readonly Code[], call: string | undefined, form: Rows['form']): Code {
  const columns = values.map(({ kind }) => kind);
  const [first] = columns;
  const mapped = 'User.query.all().map(user => [user.id, user.username])';
  if (first?.is !== 'column') throw new Refusal('Rows of several things are not translated', mapped);
  const items = columns.flatMap(kind => (kind.is === 'column' && kind.entity === first.entity ? [kind] : []));
  if (items.length < columns.length) throw new Refusal('Rows of several tables are not translated', mapped);
  if (items.some(({ of }) => of.is === 'entity' || of.is === 'collection'))
    throw new Refusal('Rows of relations are not translated', mapped);
  return code(call === undefined ? `${first.entity}.query` : `${call}(${first.entity})`, {
    is: 'rows',
    name: first.entity,
    form,
    of: { is: 'tuple', items: items.map(({ of }) => of) },
    columns: items.map(({ name }) => name),
  });
}

/** `db.func.count(User.id)`: the one function of SQL that a query has a method for. */
function countOf(writer: Writer, node: PyNode): (Code & { readonly kind: Rows }) | undefined {
  if (node.type !== 'CallExpression' || !/^(?:\w+\.)?func\.count$/.test(node.children[0]?.text ?? ''))
    return undefined;
  const [counted] = writer.arguments(node).positional;
  const kind = counted && writer.expression(counted).kind;
  // NULLs are not counted.
  if (kind?.is !== 'column' || kind.of.isNullable)
    throw new Refusal(`${node.text} is not translated`, 'User.query.count()');
  return {
    ...code(`${kind.entity}.query`, none),
    kind: { is: 'rows', name: kind.entity, form: 'select', of: int, column: 'count()' },
  };
}
