/**
 * A way to write: a statement, or several that are sent one after another. `{folder}` stands for a directory that the server
 * can write, `{self}` for how the server reaches the database itself, `{other}` for another database of the server,
 * `{victim}` for the connection of somebody else, `{file}` for the file of an embedded database.
 */
export type Attack = string | readonly string[];

/** Ways to write, by what they use. */
export type Attacks = Readonly<Record<string, readonly Attack[]>>;

export function stepsOf(attack: Attack): readonly string[] {
  return typeof attack === 'string' ? [attack] : attack;
}
