import { Collection, Rel } from '@mikro-orm/core';
import {
  Embeddable,
  Embedded,
  Entity,
  Enum,
  ManyToOne,
  OneToMany,
  OneToOne,
  Property,
} from '@mikro-orm/decorators/legacy';
import { Base } from '@shared';
import { Book } from '@entities/index';
import { Kind } from './kind.js';

@Embeddable()
export class Address {
  @Property({ nullable: true })
  city?: string;
}

@Entity()
export class Author extends Base {
  @Property()
  name: string;

  @Property({ nullable: true })
  born?: Date;

  @Enum(() => Kind)
  kind: Kind = Kind.Poet;

  @Embedded(() => Address)
  address = new Address();

  @OneToMany(() => Book, book => book.author)
  books = new Collection<Book>(this);

  @OneToOne(() => Book, { nullable: true })
  favourite?: Rel<Book>;

  @ManyToOne({ entity: () => Author, nullable: true })
  teacher?: Author;

  constructor(name: string, born?: Date) {
    super();
    this.name = name;
    if (born) this.born = born;
  }
}
