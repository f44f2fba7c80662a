import { EntitySchema } from '@mikro-orm/core';

/** Takes the name of a global, and of none of the shell's. */
export class Map {
  declare id: number;
  declare place: string;
}

export const MapSchema = new EntitySchema<Map>({
  class: Map,
  properties: {
    id: { type: 'integer', primary: true },
    place: { type: 'string' },
  },
});
