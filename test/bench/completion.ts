import { defineEntity, type EntityClass, p } from '@mikro-orm/core';
import { complete } from '../../repl/complete/complete.ts';
import { Shell } from '../../repl/shell.ts';
import { openSession } from '../../src/index.ts';

/** Completion in a schema of this many classes with this many properties, at most so many ms at the 95th percentile. */
const CLASSES = 500;
const PROPERTIES = 30;
const LIMIT_MS = 16;
const ROUNDS = 100;

const texts = [
  '',
  'E1',
  'em.find(',
  'Entity7.query.',
  'Entity7.query.filterBy({ ',
  "Entity7.query.filter({ next: { next: { name1: { $in: ['a",
  'Entity7.query.all().map(e => e.next).filter(e => e.',
  "em.find(Entity9, {}, { populate: ['next.next.",
  'new Entity3({ ',
  'const { next: { ',
  `${'const list = Entity1.query.filterBy({ name1: 1 }).all().map(e => e.name2);\n'.repeat(100)}list[0].`,
];

const entities: EntityClass<object>[] = Array.from({ length: CLASSES }, (_, index) => {
  const names = Array.from({ length: PROPERTIES - 2 }, (__, each) => [`name${each}`, p.string()] as const);
  const next = () => p.manyToOne(entities[(index + 1) % CLASSES] as never).nullable();
  const properties = { id: p.integer().primary(), ...Object.fromEntries(names), next };
  const schema = defineEntity({ name: `Entity${index}`, properties: properties as never });
  return schema.class;
});

const session = await openSession({ url: 'sqlite::memory:', entities });
const shell = new Shell({ session, console, load: name => import(name) });

console.log(`${'ms of completion'.padEnd(60)}    first   median     95 %  at most`);
let isSlow = false;
for (const text of texts) {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    complete(text, text.length, shell);
    return performance.now() - start;
  });
  const [first = 0] = times;
  times.sort((a, b) => a - b);
  const [median = 0, high = 0] = [0.5, 0.95].map(part => times[Math.floor(part * ROUNDS)]);
  isSlow ||= high > LIMIT_MS;
  const shown = text.length > 60 ? `… ${text.slice(-56)}` : JSON.stringify(text);
  console.log(
    `${shown.replaceAll('\n', '⏎').padEnd(60)} ${[first, median, high].map(ms => ms.toFixed(1).padStart(8)).join(' ')} ${String(LIMIT_MS).padStart(8)}`,
  );
}
await session.close();
if (isSlow) process.exitCode = 1;
