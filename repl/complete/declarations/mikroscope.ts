/**
 * What completion knows of mikroscope's own objects, as TypeScript declares it. Promises are left out, as what is typed at
 * the prompt waits. A test compares the names with the methods that exist.
 */
export const mikroscope = `
interface Query<T> {
  filterBy(values: Where<T>): Query<T>;
  filter(conditions: Where<T>): Query<T>;
  orderBy(...orders: Order<T>[]): Query<T>;
  limit(count: number): Query<T>;
  offset(count: number): Query<T>;
  distinct(): Query<T>;
  populate(...relations: Relation<T>[]): Query<T>;
  all(): T[];
  first(): T | null;
  firstOrFail(): T;
  one(): T;
  oneOrNone(): T | null;
  get(key: Key<T>): T | null;
  getOrFail(key: Key<T>): T;
  count(): number;
  exists(): boolean;
  paginate(options?: PageOptions): Page<T>;
  update(values: Changes<T>): number;
  delete(): number;
  toSql(): string;
  entity: EntityClass<T>;
}

interface PageOptions {
  page?: number;
  perPage?: number;
  errorOut?: boolean;
}

interface Page<T> {
  items: T[];
  page: number;
  perPage: number;
  pages: number;
  total: number;
  hasNext: boolean;
  hasPrev: boolean;
}

interface Session {
  add(entity: Entity): void;
  addAll(entities: Entity[]): void;
  remove(entity: Entity): void;
  delete(entity: Entity): void;
  flush(): ChangeReport;
  commit(): ChangeReport;
  rollback(): ChangeReport;
  nested<T>(work: () => T): T;
  query<T>(entity: EntityClass<T>): Query<T>;
  get<T>(entity: EntityClass<T>, key: Key<T>): T | null;
  has(entity: Entity): boolean;
  new: Entity[];
  dirty: Entity[];
  deleted: Entity[];
  pending: ChangeReport;
  uncommitted: ChangeReport;
  inTransaction: boolean;
  lastCommit: ChangeReport | undefined;
  em: EntityManager;
  refresh(entity: Entity): void;
  expire(entity: Entity): void;
  expunge(entity: Entity): void;
  merge<T>(entity: T): T;
  createAll(): SchemaReport;
  dropAll(): SchemaReport;
  migrate(): string[];
  seed(seeder?: string): string;
  close(): void;
}

interface ChangeReport {
  action: string;
  new: number;
  changed: number;
  removed: number;
  summary: string;
}

interface SchemaReport {
  action: 'create' | 'drop';
  tables: string[];
}
`;
