import { PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Opt } from '@mikro-orm/core';

export abstract class Base {
  @PrimaryKey()
  id!: number;

  @Property()
  createdAt: Date & Opt = new Date(0);
}
export interface Money {
  amount: number;
}
