import { Collection, type Opt } from '@mikro-orm/core';
import { Entity, ManyToOne, OneToMany, PrimaryKey, Property } from '@mikro-orm/decorators/es';

@Entity({ abstract: true })
export abstract class Thing {
  @PrimaryKey({ type: 'integer' })
  id!: number;

  @Property({ type: 'string' })
  name!: string;
}

@Entity()
export class Keeper extends Thing {
  @OneToMany(() => Animal, animal => animal.keeper)
  animals = new Collection<Animal>(this);
}

@Entity({ discriminatorColumn: 'kind', discriminatorMap: { animal: 'Animal', bird: 'Bird' } })
export class Animal extends Thing {
  @Property({ type: 'boolean' })
  fed: boolean & Opt = false;

  @ManyToOne(() => Keeper, { nullable: true })
  keeper?: Keeper;

  constructor(name: string) {
    super();
    this.name = name;
  }
}

@Entity()
export class Bird extends Animal {
  @Property({ type: 'integer', nullable: true })
  wings?: number;
}
