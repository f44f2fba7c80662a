import type { Names } from './names.ts';
import { parts, type PyNode } from './tree.ts';

/** Takes note of an import: what the shell has by that name is there. @returns what to say of it */
export function imported(names: Names, { children }: PyNode): string {
  const at = children.findIndex(({ type }) => type === 'import');
  const given = children.slice(at + 1).filter(({ type }) => type !== '(' && type !== ')');
  const isFrom = children[0]?.type === 'from';
  const here: string[] = [];
  const others: string[] = [];
  for (const [first, ...rest] of parts(given)) {
    const name = first?.text ?? '';
    const as = rest.findIndex(({ type }) => type === 'as');
    names.import(name, (as < 0 ? name : rest[as + 1]?.text) ?? name);
    if (!isFrom) continue;
    if (name === 'db' || name in names.models) here.push(name);
    else if (/^[A-Z]/.test(name) && !/Error$|Found$|^(?:Flask|SQLAlchemy|Session)$/.test(name))
      others.push(name);
  }
  if (others.length > 0) return `${others.join(', ')} is no entity that is open here`;
  if (here.length > 0) return `${here.join(', ')}: there already`;
  return '';
}

/** What sets an application up, which the shell has done. @returns what to say of it; undefined for anything else */
export function setUp({ type, text }: PyNode): string | undefined {
  const isSetUp =
    /^\w+\s*=\s*(?:Flask|SQLAlchemy|create_app|sessionmaker|create_engine|Session)\(/.test(text) ||
    /^\w+\s*=\s*(?:scoped_session|declarative_base)\(/.test(text) ||
    /^app\.config\b/.test(text) ||
    /^(?:app\.app_context\(\)\.push\(\)|db\.init_app\(|ctx\.push\(\)|ctx\.pop\(\))/.test(text) ||
    /^\w+\s*=\s*app\.app_context\(\)$/.test(text);
  return isSetUp && type !== 'ImportStatement'
    ? 'the database and the application are those of the shell'
    : undefined;
}
