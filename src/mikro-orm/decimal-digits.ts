import { DecimalType, type MikroORM } from '@mikro-orm/core';

/** The types that have been changed; properties may share one. */
const padded = new WeakSet<DecimalType>();

/**
 * Reads decimals with as many digits after the point as their columns are declared with, as servers give them: SQLite makes
 * 10.5 of 10.50. Further digits stay, and what is in JSON is as it was written.
 */
export function padDecimals(orm: MikroORM): void {
  for (const { props } of orm.getMetadata().getAll().values())
    for (const { customType, object: isInJson } of props) {
      if (!(customType instanceof DecimalType) || isInJson === true || padded.has(customType)) continue;
      padded.add(customType);
      const convert = customType.convertToJSValue.bind(customType);
      customType.convertToJSValue = value => {
        const read = convert(value);
        return typeof read === 'string' ? pad(read, customType.prop?.scale ?? 0) : read;
      };
    }
}

function pad(text: string, scale: number): string {
  const [, whole, digits = ''] = /^(-?\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  return whole === undefined || digits.length >= scale ? text : `${whole}.${digits.padEnd(scale, '0')}`;
}
