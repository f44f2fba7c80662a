import { MikroscopeError } from '../../../src/index.ts';
import { camelCase, type Models } from '../models.ts';
import { quoted } from '../code.ts';
import type { Kind } from '../kinds.ts';
import { Names } from '../names.ts';
import { Refusal } from '../refusal.ts';
import { Statements } from '../statements.ts';
import {
  type ColumnField,
  type LinkTables,
  type ModelClass,
  readClasses,
  type RelationField,
} from './read-classes.ts';

/** A property of an entity: how its class declares it, and how it is mapped. */
interface Property {
  readonly name: string;
  readonly declaration: string;
  readonly mapping: string;
}

/** How the types of SQLAlchemy are mapped, and what their values are. */
const types: Readonly<Record<string, readonly [builder: string, type: string, kind: Kind['is']]>> = {
  Integer: ['integer', 'number', 'int'],
  int: ['integer', 'number', 'int'],
  SmallInteger: ['smallint', 'number', 'int'],
  BigInteger: ['bigint', 'bigint', 'unknown'],
  String: ['string', 'string', 'str'],
  Unicode: ['string', 'string', 'str'],
  str: ['string', 'string', 'str'],
  Text: ['text', 'string', 'str'],
  UnicodeText: ['text', 'string', 'str'],
  Boolean: ['boolean', 'boolean', 'bool'],
  bool: ['boolean', 'boolean', 'bool'],
  DateTime: ['datetime', 'Date', 'date'],
  datetime: ['datetime', 'Date', 'date'],
  Float: ['double', 'number', 'float'],
  float: ['double', 'number', 'float'],
  Numeric: ['decimal', 'string', 'unknown'],
  JSON: ['json', 'unknown', 'unknown'],
  LargeBinary: ['blob', 'Uint8Array', 'unknown'],
};

/**
 * The classes of `models.py` as entities of MikroORM, with `defineEntity()`.
 *
 * @param text Python with classes that derive from `db.Model`, or from a declarative base
 * @throws MikroscopeError `Refused` that names all that cannot be translated
 */
export function entitiesOf(text: string): string {
  const refused: string[] = [];
  const lineOf = (at: number): number => text.slice(0, at).split('\n').length;
  try {
    const { classes, links } = readClasses(text, (node, reason, nearest = '') => {
      refused.push(
        `${reason}: line ${lineOf(node.from)}, ${node.text.split('\n')[0]}${nearest === '' ? '' : ` (${nearest})`}`,
      );
    });
    if (classes.length === 0) refused.push('There is no class that derives from db.Model');
    if (refused.length > 0) throw new Refusal(refused.join('\n'));
    return written(classes, links);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new MikroscopeError('Refused', error.message, error.nearest);
  }
}

function written(classes: readonly ModelClass[], links: LinkTables): string {
  const all = classes.map(each => ({ model: each, properties: propertiesOf(each, classes, links) }));
  const models = modelsOf(classes);
  const usesCollection = all.some(({ properties }) =>
    properties.some(each => each.declaration.includes('Collection')),
  );
  return [
    `import { ${usesCollection ? 'Collection, ' : ''}defineEntity, p } from '@mikro-orm/core';`,
    ...all.map(({ model, properties }) => classText(model, properties, models)),
    ...all.map(({ model, properties }) => mappingText(model, properties)),
  ].join('\n\n');
}

function classText({ name, shown }: ModelClass, properties: readonly Property[], models: Models): string {
  const lines = [
    `export class ${name} {`,
    ...properties.map(each => `  ${each.declaration};`),
    '',
    `  constructor(fields: Partial<${name}> = {}) {`,
    '    Object.assign(this, fields);',
    '  }',
  ];
  if (shown) {
    const writer = new Statements(new Names(models));
    const { ts } = writer.names.inside([['self', { is: 'entity', name }]], () => writer.expression(shown));
    lines.push('', '  toString(): string {', `    return ${ts.replaceAll(/\bself\./g, 'this.')};`, '  }');
  }
  return [...lines, '}'].join('\n');
}

function mappingText({ name, table }: ModelClass, properties: readonly Property[]): string {
  return [
    'defineEntity({',
    `  name: ${quoted(name)},`,
    `  tableName: ${quoted(table)},`,
    '  properties: {',
    ...properties.map(each => `    ${each.name}: ${each.mapping},`),
    '  },',
    `}).setClass(${name});`,
  ].join('\n');
}

function propertiesOf(model: ModelClass, classes: readonly ModelClass[], links: LinkTables): Property[] {
  const columns = model.fields.filter(field => field.kind === 'column');
  const own = model.fields.filter(field => field.kind === 'relation');
  const plain = columns.filter(({ foreign }) => foreign === undefined).map(columnProperty);
  const toOne = columns.flatMap(column =>
    column.foreign === undefined ? [] : [foreignProperty(model, column, classes)],
  );
  const toMany = own.flatMap(relation => manyProperty(model, relation, classes, links) ?? []);
  const fromElsewhere = classes.flatMap(other =>
    other.fields.flatMap(field =>
      field.kind === 'relation' &&
      field.target === model.name &&
      field.secondary !== undefined &&
      !field.isDeclared &&
      field.inverse !== undefined
        ? [inverseOfMany(field.inverse, other.name, field.name)]
        : [],
    ),
  );
  return [...plain, ...toOne, ...toMany, ...fromElsewhere];
}

function columnProperty(column: ColumnField): Property {
  const name = camelCase(column.name);
  const [builder, type] = types[column.type] ?? [];
  if (builder === undefined)
    throw new Refusal(`The type ${column.type} of ${column.name} is not translated`, 'p.string()');
  const { isPrimary } = column;
  const inTable = column.column ?? column.name;
  const mapping = [
    `p.${builder}()`,
    isPrimary ? '.primary()' : '',
    column.length === undefined ? '' : `.length(${column.length})`,
    inTable === snakeCase(name) ? '' : `.fieldName(${quoted(inTable)})`,
    column.isUnique ? '.unique()' : '',
    column.isIndexed ? '.index()' : '',
    column.isNullable && !isPrimary ? '.nullable()' : '',
    /password|secret|token/i.test(name) ? '.hidden()' : '',
    column.default ? `.onCreate(() => ${defaultOf(column.default.text, column.name)})` : '',
  ];
  return {
    name,
    declaration: `declare ${name}: ${type}${column.isNullable && !isPrimary ? ' | null' : ''}`,
    mapping: mapping.join(''),
  };
}

function defaultOf(text: string, name: string): string {
  if (/^(?:lambda: )?(?:datetime\.)?datetime\.(?:utcnow|now)\b/.test(text)) return 'new Date()';
  if (/^(?:-?\d+(?:\.\d+)?|True|False)$/.test(text)) return text.toLowerCase();
  if (/^(?:'[^'\\]*'|"[^"\\]*")$/.test(text)) return quoted(text.slice(1, -1));
  throw new Refusal(`The default ${text} of ${name} is not translated`, '.onCreate(() => …)');
}

/** The relation that a foreign key is for: that of this class, that which another calls so, or one with its name. */
function foreignProperty(model: ModelClass, column: ColumnField, classes: readonly ModelClass[]): Property {
  const target = classes.find(({ table }) => table === column.foreign);
  if (!target) throw new Refusal(`The table ${column.foreign} of ${column.name} has no class here`);
  const declared = relationsOf(model).find(
    each => each.target === target.name && each.secondary === undefined && each.name !== column.name,
  );
  const back = relationsOf(target).find(each => each.target === model.name && each.secondary === undefined);
  const count = model.fields.filter(
    field => field.kind === 'column' && field.foreign === column.foreign,
  ).length;
  if (count > 1)
    throw new Refusal(
      `${model.name} has several foreign keys to ${target.name}`,
      `p.manyToOne(${target.name}).fieldName('${column.name}')`,
    );
  const isSame = target === model;
  const name = camelCase(
    (isSame ? undefined : declared?.name) ?? back?.inverse ?? column.name.replace(/_id$/, ''),
  );
  const relation =
    back?.isOne === true
      ? `p.oneToOne(${target.name})${back.inverse === undefined ? '' : `.inversedBy(${quoted(camelCase(back.name))})`}`
      : `p.manyToOne(${target.name})`;
  return {
    name,
    declaration: `declare ${name}: ${target.name}${column.isNullable ? ' | null' : ''}`,
    mapping: `() => ${relation}.fieldName(${quoted(column.column ?? column.name)})${column.isPrimary ? '.primary()' : column.isNullable ? '.nullable()' : ''}`,
  };
}

function relationsOf(model: ModelClass): RelationField[] {
  return model.fields.filter(field => field.kind === 'relation');
}

/** The side of a relation that has no column; undefined for one that has, which its foreign key is. */
function manyProperty(
  model: ModelClass,
  relation: RelationField,
  classes: readonly ModelClass[],
  links: LinkTables,
): Property | undefined {
  const target = classes.find(({ name }) => name === relation.target);
  if (!target)
    throw new Refusal(`${relation.target}, to which ${model.name}.${relation.name} leads, has no class here`);
  const name = camelCase(relation.name);
  const list = `${name} = new Collection<${target.name}>(this)`;
  if (relation.secondary !== undefined) {
    const isFirst = !relation.isDeclared || classes.indexOf(model) < classes.indexOf(target);
    if (!isFirst) return inverseOfMany(name, target.name, relation.inverse ?? '');
    const columns = links.get(relation.secondary);
    const [own, other] = [columns?.get(model.table), columns?.get(target.table)];
    if (own === undefined || other === undefined)
      throw new Refusal(`The table ${relation.secondary} of ${model.name}.${relation.name} is not here`);
    const inverse =
      relation.inverse === undefined ? '' : `.inversedBy(${quoted(camelCase(relation.inverse))})`;
    const mapping = `() => p.manyToMany(${target.name})${inverse}.pivotTable(${quoted(relation.secondary)}).joinColumn(${quoted(own)}).inverseJoinColumn(${quoted(other)})`;
    return { name, declaration: list, mapping };
  }
  const key = target.fields.find(field => field.kind === 'column' && field.foreign === model.table);
  if (key?.kind !== 'column') return undefined;
  const owner = foreignProperty(target, key, classes).name;
  if (target === model && relation.name === owner) return undefined;
  if (relation.isOne)
    return {
      name,
      declaration: `declare ${name}: ${target.name} | null`,
      mapping: `() => p.oneToOne(${target.name}).mappedBy(${quoted(owner)}).nullable()`,
    };
  return {
    name,
    declaration: list,
    mapping: `() => p.oneToMany(${target.name}).mappedBy(${quoted(owner)})${relation.removesOrphans ? '.orphanRemoval()' : ''}`,
  };
}

function inverseOfMany(name: string, target: string, owner: string): Property {
  return {
    name: camelCase(name),
    declaration: `${camelCase(name)} = new Collection<${target}>(this)`,
    mapping: `() => p.manyToMany(${target}).mappedBy(${quoted(camelCase(owner))})`,
  };
}

function snakeCase(name: string): string {
  return name.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '_').toLowerCase();
}

/** What `__repr__` is translated with. */
function modelsOf(classes: readonly ModelClass[]): Models {
  return Object.fromEntries(
    classes.map(({ name, fields }) => [
      name,
      {
        properties: Object.fromEntries(
          fields.map(field => {
            const kind = field.kind === 'column' ? (types[field.type]?.[2] ?? 'unknown') : 'unknown';
            return [camelCase(field.name), { kind: { is: kind } as Kind, columns: [field.name] }];
          }),
        ),
      },
    ]),
  );
}
