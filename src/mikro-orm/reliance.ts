import type { MikroORM } from '@mikro-orm/core';

/** Something in MikroORM that mikroscope relies on. */
export interface Reliance {
  /** Where it is and what it is called, as `Class.member`. */
  readonly member: `${string}.${string}`;
  /** The object that has it; undefined where this database has no need of it. */
  readonly on: (orm: MikroORM) => object | undefined;
  /** The behavior that is relied on, in a sentence. */
  readonly relied: string;
  /** A property may be undefined when a database opens; a method is there. `method` by default. */
  readonly kind?: 'method' | 'property';
  /** The first version that has it, as `7.2`; without it, all that mikroscope knows. */
  readonly since?: string;
  /** MikroORM documents it, and only replacing it goes beyond that: the name may be used anywhere. */
  readonly isDocumented?: true;
  /** Other objects have something of that name, too: outside of this room only reflection may not name it. */
  readonly isCommonWord?: true;
  /** Whether it behaves as relied on, where a mere name would not tell. */
  readonly check?: (orm: MikroORM) => boolean | Promise<boolean>;
}
