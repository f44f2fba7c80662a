import type { EntityDescription, PropertyDescription, Session } from '../../src/index.ts';
import { float, int, type Kind, nullable, unknown } from './kinds.ts';
import type { Models } from './models.ts';

/** What a session knows of its entities. */
export function modelsOf(session: Session): Models {
  return Object.fromEntries(
    Object.entries(session.entities).map(([name, entity]) => [
      name,
      { properties: propertiesOf(session.describe(entity)) },
    ]),
  );
}

function propertiesOf(description: EntityDescription | undefined) {
  return Object.fromEntries(
    (description?.properties ?? []).map(property => [
      property.name,
      {
        kind: kindOf(property),
        columns: property.columns,
        ...(property.targets[0] && property.kind !== 'embedded' && { target: property.targets[0].name }),
        isMany: property.kind === 'many',
        isKey: property.isPrimary,
      },
    ]),
  );
}

const kinds: Readonly<Record<string, Kind>> = {
  string: { is: 'str' },
  boolean: { is: 'bool' },
  Date: { is: 'date' },
};

function kindOf({
  kind,
  type,
  targets,
  isNullable,
  isList,
  isReference,
  isInteger,
}: PropertyDescription): Kind {
  const [target, ...others] = targets;
  const optional = (found: Kind): Kind => (isNullable ? nullable(found) : found);
  if (others.length > 0 || isList || isReference) return unknown;
  if (kind === 'many' && target) return { is: 'collection', name: target.name };
  if (kind === 'one' && target) return optional({ is: 'entity', name: target.name });
  if (kind !== 'scalar') return unknown;
  return optional(type === 'number' ? (isInteger ? int : float) : (kinds[type] ?? unknown));
}
