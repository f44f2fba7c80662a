import type { EntityDescription, PropertyDescription } from '../../src/index.ts';
import type { PagePart } from '../answer/answer.ts';

/** What metadata says of a class: each property with its type, and what is to be known of it. */
export function explainEntity({
  name,
  table,
  isEmbeddable,
  properties,
}: EntityDescription): readonly PagePart[] {
  const what = isEmbeddable
    ? 'What entities embed.'
    : `${table === undefined ? 'An entity without a table' : `An entity, whose rows are in the table ${table}`}. ${name}.query finds them: all(), first(), filterBy({ … }).`;
  return [
    { kind: 'paragraph', heading: name, text: what },
    { kind: 'rows', rows: properties.map(property => [property.name, typeText(property), notes(property)]) },
  ];
}

/** What metadata says of one property. */
export function explainProperty(
  property: PropertyDescription,
  owner: EntityDescription | undefined,
): readonly PagePart[] {
  const { name, operators, items } = property;
  const said = [notes(property), ...(items ? [`one of ${items.map(String).join(', ')}`] : [])].filter(
    Boolean,
  );
  return [
    {
      kind: 'paragraph',
      heading: `${owner?.name}.${name}: ${typeText(property)}`,
      text: `${said.join('; ') || 'A property of its own'}.`,
    },
    ...(operators.length === 0
      ? []
      : [{ kind: 'paragraph', text: `Conditions on it take ${operators.join(', ')}.` } as const]),
  ];
}

/** `string`, `User?`, `Post[]` */
function typeText({ type, kind, isList, isNullable, items }: PropertyDescription): string {
  const one =
    items !== undefined && items.length <= 4
      ? items
          .map(item => JSON.stringify(item))
          .join(' | ')
          .replaceAll('"', "'")
      : type;
  const list =
    kind === 'many' || (isList && !type.endsWith('[]')) ? `${one.includes(' | ') ? `(${one})` : one}[]` : one;
  return isNullable ? `${list}?` : list;
}

function notes(property: PropertyDescription): string {
  const { name, isPrimary, isUnique, isRequired, isHidden, isWritten, isOfSubclass } = property;
  const { relation, inverse, type, columns, kind } = property;
  const otherColumns = columns.length > 0 && columns.join() !== name;
  return [
    isPrimary ? 'primary key' : '',
    isUnique ? 'unique' : '',
    isRequired && !isPrimary ? 'required' : '',
    relation ?? '',
    inverse === undefined ? '' : `other side ${type}.${inverse}`,
    otherColumns ? `in ${columns.join(', ')}` : '',
    !isWritten && kind === 'scalar' ? 'not written' : '',
    isHidden ? 'never shown' : '',
    isOfSubclass ? 'of a subclass' : '',
  ]
    .filter(Boolean)
    .join(', ');
}
