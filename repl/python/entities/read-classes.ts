import { argumentsOf } from '../calls.ts';
import { stringValue } from '../literals.ts';
import { Refusal } from '../refusal.ts';
import { bodyOf, child, parsePython, type PyNode } from '../tree.ts';

/** A column of a class of SQLAlchemy. */
export interface ColumnField {
  readonly kind: 'column';
  readonly name: string;
  /** The column in the table, if it has another name. */
  readonly column: string | undefined;
  readonly type: string;
  readonly length: string | undefined;
  /** The table that a foreign key leads to. */
  readonly foreign: string | undefined;
  readonly isPrimary: boolean;
  readonly isUnique: boolean;
  readonly isIndexed: boolean;
  readonly isNullable: boolean;
  readonly default: PyNode | undefined;
}

export interface RelationField {
  readonly kind: 'relation';
  readonly name: string;
  readonly target: string;
  /** The name on the other side, and whether that is declared there. */
  readonly inverse: string | undefined;
  readonly isDeclared: boolean;
  readonly secondary: string | undefined;
  readonly isOne: boolean;
  readonly removesOrphans: boolean;
}

export interface ModelClass {
  readonly name: string;
  readonly table: string;
  readonly fields: readonly (ColumnField | RelationField)[];
  /** What `__repr__` returns. */
  readonly shown: PyNode | undefined;
}

/** A table between two others, with its columns by the tables that they lead to. */
export type LinkTables = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What could not be read, by lines. */
export type Refuse = (node: PyNode, reason: string, nearest?: string) => void;

/** Reads the classes that derive from `db.Model`, or from a declarative base. */
export function readClasses(text: string, refuse: Refuse): { classes: ModelClass[]; links: LinkTables } {
  const { statements, error } = parsePython(text);
  if (error !== undefined) {
    const line = text.slice(0, error).split('\n').length;
    throw new Refusal(`Line ${line} is no Python`);
  }
  const classes: ModelClass[] = [];
  const links = new Map<string, ReadonlyMap<string, string>>();
  for (const statement of statements) {
    if (statement.type === 'ClassDefinition' && isModel(statement))
      classes.push(readClass(statement, refuse));
    const [name, , value] = statement.children;
    if (statement.type === 'AssignStatement' && name && value && /^(?:\w+\.)?Table\(/.test(value.text))
      links.set(name.text, readTable(value));
  }
  return { classes, links };
}

function isModel(node: PyNode): boolean {
  const bases = child(node, 'ArgList')?.text ?? '';
  return /\b(?:Model|Base)\b/.test(bases);
}

function readTable(call: PyNode): ReadonlyMap<string, string> {
  const columns = argumentsOf(call).positional.filter(({ type }) => type === 'CallExpression');
  return new Map(
    columns.flatMap(column => {
      const { positional } = argumentsOf(column);
      const foreign = positional.find(each => /ForeignKey\(/.test(each.text));
      const [name] = positional;
      return foreign && name?.type === 'String'
        ? [[foreignTable(foreign), stringValue(name.text)] as const]
        : [];
    }),
  );
}

function foreignTable(call: PyNode): string {
  const [target] = argumentsOf(call).positional;
  if (target?.type !== 'String')
    throw new Refusal(`${call.text} does not name its column in a text`, "ForeignKey('user.id')");
  return stringValue(target.text).split('.').slice(0, -1).join('.');
}

function readClass(node: PyNode, refuse: Refuse): ModelClass {
  const name = child(node, 'VariableName')?.text ?? '';
  const fields: (ColumnField | RelationField)[] = [];
  let table = name.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '_').toLowerCase();
  let shown: PyNode | undefined;
  for (const statement of bodyOf(child(node, 'Body') as PyNode)) {
    const [target] = statement.children;
    const value = statement.children.at(-1);
    if (statement.type === 'PassStatement' || statement.type === 'ExpressionStatement') continue;
    if (statement.type === 'FunctionDefinition') {
      const isRepr = /^__(?:repr|str)__$/.test(child(statement, 'VariableName')?.text ?? '');
      const [only] = bodyOf(child(statement, 'Body') as PyNode);
      if (isRepr && only?.type === 'ReturnStatement') shown ??= only.children[1];
      else refuse(statement, 'A method is not translated', 'Write it into the class.');
      continue;
    }
    if (statement.type !== 'AssignStatement' || !target || !value) {
      refuse(statement, 'This is no column and no relation');
      continue;
    }
    if (target.text === '__tablename__' && value.type === 'String') {
      table = stringValue(value.text);
      continue;
    }
    const field = readField(target.text, statement, value);
    if (field) fields.push(field);
    else refuse(statement, `${target.text} is no column and no relation`);
  }
  return { name, table, fields, shown };
}

function readField(name: string, statement: PyNode, call: PyNode): ColumnField | RelationField | undefined {
  const made = /^(?:\w+\.)?(\w+)\(/.exec(call.text)?.[1] ?? '';
  const annotation = child(statement, 'TypeDef')?.text ?? '';
  if (made === 'Column' || made === 'mapped_column') return readColumn(name, call, annotation);
  return made === 'relationship' ? readRelation(name, call, annotation) : undefined;
}

function readColumn(name: string, call: PyNode, annotation: string): ColumnField {
  const { positional, keywords } = argumentsOf(call);
  const isTrue = (key: string): boolean => keywords.get(key)?.text === 'True';
  const unknown = [...keywords.keys()].find(key => !known.has(key));
  if (unknown !== undefined) throw new Refusal(`${unknown}= of the column ${name} is not translated`);
  const foreign = positional.find(({ text }) => /\bForeignKey\(/.test(text));
  const type = positional.find(each => each.type !== 'String' && each !== foreign);
  const mapped = /Mapped\[(?:Optional\[)?"?(\w+(?:\.\w+)*)"?/.exec(annotation)?.[1];
  const isOptional = /Optional\[|\|\s*None/.test(annotation);
  const nullable = keywords.get('nullable')?.text;
  const [first] = positional;
  return {
    kind: 'column',
    name,
    column: first?.type === 'String' ? stringValue(first.text) : undefined,
    type: /(\w+)(?:\(|$)/.exec(type?.text ?? '')?.[1] ?? mapped ?? 'Integer',
    length: /\((\d+)\)$/.exec(type?.text ?? '')?.[1],
    foreign: foreign && foreignTable(foreign),
    isPrimary: isTrue('primary_key'),
    isUnique: isTrue('unique'),
    isIndexed: isTrue('index'),
    isNullable: nullable === undefined ? (mapped === undefined ? true : isOptional) : nullable === 'True',
    default: keywords.get('default') ?? keywords.get('insert_default'),
  };
}

const known: ReadonlySet<string> = new Set([
  'primary_key',
  'unique',
  'index',
  'nullable',
  'default',
  'insert_default',
  'autoincrement',
]);

function readRelation(name: string, call: PyNode, annotation: string): RelationField {
  const { positional, keywords } = argumentsOf(call);
  const text = (key: string): string | undefined => {
    const value = keywords.get(key);
    if (value?.type === 'String') return stringValue(value.text);
    const [inner] = value?.type === 'CallExpression' ? argumentsOf(value).positional : [];
    return inner?.type === 'String' ? stringValue(inner.text) : undefined;
  };
  const [first] = positional;
  const mapped = /Mapped\[(?:\w+\[)?["']?(\w+)/.exec(annotation)?.[1];
  const target = first?.type === 'String' ? stringValue(first.text) : (first?.text ?? mapped ?? '');
  return {
    kind: 'relation',
    name,
    target,
    inverse: text('back_populates') ?? text('backref'),
    isDeclared: keywords.has('back_populates'),
    secondary: text('secondary') ?? keywords.get('secondary')?.text,
    isOne: keywords.get('uselist')?.text === 'False',
    removesOrphans: /delete-orphan/.test(text('cascade') ?? ''),
  };
}
