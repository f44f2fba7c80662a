import { type EntityClass, type EntityMetadata, type EntityProperty, ReferenceKind } from '@mikro-orm/core';
import type { Values } from '../entity/values/values.ts';
import { isOfSubclass } from '../mikro-orm/subclass-fields.ts';
import { operatorsFor } from '../query/offered-operators.ts';

/** What metadata says of one property of a class. */
export interface PropertyDescription {
  readonly name: string;
  /** Whether it holds a value, an embedded object, another entity, or a collection of entities. */
  readonly kind: 'scalar' | 'embedded' | 'one' | 'many';
  /** The type of its value in memory, such as `string` or `Date`; of anything but a scalar, the name of the class. */
  readonly type: string;
  /** The classes of what it refers to or embeds; none for a scalar. */
  readonly targets: readonly EntityClass<object>[];
  /** The values of an enum. */
  readonly items?: readonly (string | number)[];
  /** How many objects on either side belong together; undefined for what is no relation. */
  readonly relation?: '1:1' | 'm:1' | '1:n' | 'm:n';
  /** The property of the other side, if that has one. */
  readonly inverse?: string;
  /** The columns that it is written to; none if it has none of its own. */
  readonly columns: readonly string[];
  /** Whether it holds a list of such values, or of embedded objects. */
  readonly isList: boolean;
  /** Whether the column holds whole numbers. */
  readonly isInteger: boolean;
  /** Whether it holds a `Ref`. */
  readonly isReference: boolean;
  readonly isNullable: boolean;
  readonly isPrimary: boolean;
  readonly isUnique: boolean;
  /** Whether it is never shown. */
  readonly isHidden: boolean;
  /** Whether a new object needs a value for it. */
  readonly isRequired: boolean;
  /** Whether it is written to a column. */
  readonly isWritten: boolean;
  /** Whether only objects of subclasses have it, which share the table of the class. */
  readonly isOfSubclass: boolean;
  /** The operators that conditions on it take. */
  readonly operators: readonly string[];
}

/** What metadata says of a class of entities, or of embedded objects. */
export interface EntityDescription {
  readonly name: string;
  /** Undefined for an embedded object, and for a view that is no table. */
  readonly table: string | undefined;
  readonly class: EntityClass<object>;
  readonly isEmbeddable: boolean;
  /** The names of the parameters of its constructor. */
  readonly parameters: readonly string[];
  /** In the order in which they are declared. */
  readonly properties: readonly PropertyDescription[];
}

export function describeEntity(meta: EntityMetadata, values: Values): EntityDescription {
  let properties: readonly PropertyDescription[] | undefined;
  return {
    name: meta.className,
    table: meta.embeddable || meta.virtual ? undefined : meta.tableName,
    class: meta.class as EntityClass<object>,
    isEmbeddable: meta.embeddable ?? false,
    parameters: (meta.constructorParams ?? []).map(String),
    get properties() {
      // MikroORM lists the fields of embedded objects a second time.
      properties ??= meta.props.flatMap(prop =>
        prop.embedded ? [] : [describeProperty(meta, prop, values)],
      );
      return properties;
    },
  };
}

function describeProperty(meta: EntityMetadata, prop: EntityProperty, values: Values): PropertyDescription {
  const kind = kindOf(prop);
  const targets = prop.polymorphTargets ?? (prop.targetMeta === undefined ? [] : [prop.targetMeta]);
  return {
    name: prop.name,
    kind,
    type: kind === 'scalar' ? prop.runtimeType : targets.map(({ className }) => className).join(' | '),
    targets: targets.map(target => target.class as EntityClass<object>),
    ...(prop.enum === true && prop.items !== undefined && { items: prop.items }),
    ...relationOf(prop, kind),
    columns: hasColumns(prop, kind) ? prop.fieldNames : [],
    isList: kind !== 'many' && (prop.array === true || prop.runtimeType.endsWith('[]')),
    isInteger: kind === 'scalar' && (prop.columnTypes ?? []).some(each => /int|serial/i.test(each)),
    isReference: prop.ref === true,
    isNullable: prop.nullable === true,
    isPrimary: prop.primary === true,
    isUnique: prop.unique !== undefined && prop.unique !== false,
    isHidden: prop.hidden === true,
    isRequired: isRequired(meta, prop),
    isWritten: kind !== 'many' && prop.persist !== false && prop.formula === undefined,
    isOfSubclass: isOfSubclass(meta, prop),
    operators: operatorsFor(values, prop),
  };
}

function kindOf({ kind, targetMeta }: EntityProperty): PropertyDescription['kind'] {
  if (kind === ReferenceKind.EMBEDDED) return 'embedded';
  if (targetMeta === undefined) return 'scalar';
  return kind === ReferenceKind.ONE_TO_MANY || kind === ReferenceKind.MANY_TO_MANY ? 'many' : 'one';
}

function hasColumns({ persist, formula, owner, kind: relation }: EntityProperty, kind: string): boolean {
  if (kind === 'many' || persist === false || formula !== undefined) return false;
  return relation !== ReferenceKind.ONE_TO_ONE || owner;
}

function relationOf(
  { kind: relation, mappedBy, inversedBy }: EntityProperty,
  kind: PropertyDescription['kind'],
): Pick<PropertyDescription, 'relation' | 'inverse'> {
  if (kind !== 'one' && kind !== 'many') return {};
  const inverse = (mappedBy || inversedBy) as string | undefined;
  return {
    relation: relation === ReferenceKind.ONE_TO_MANY ? '1:n' : (relation as '1:1' | 'm:1' | 'm:n'),
    ...(inverse && { inverse }),
  };
}

/** As MikroORM asks before it inserts a row. */
function isRequired(meta: EntityMetadata, prop: EntityProperty): boolean {
  const { nullable, autoincrement, default: given, defaultRaw, onCreate, generated, formula, version } = prop;
  const isList = prop.kind === ReferenceKind.ONE_TO_MANY || prop.kind === ReferenceKind.MANY_TO_MANY;
  const comesByItself = autoincrement || given != null || defaultRaw || onCreate || generated || version;
  const isOther = isList || prop.persist === false || formula || prop.name === meta.root.discriminatorColumn;
  return !nullable && !comesByItself && !isOther;
}
