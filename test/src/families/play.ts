import { checkCounts } from './checks.ts';
import type { Family } from './family.ts';
import type { Script, Step } from './scripts.ts';
import type { Session } from './show.ts';
import { change, steps } from './steps.ts';
import { type Thing, World } from './world.ts';

/** Whether a step means something now; those that do not are left out. */
type IsPossible = (thing: Thing, property: string, step: Step) => boolean;

interface Part {
  readonly session: Session;
  /** A second connection. */
  readonly other: Session;
  readonly family: Family;
  /** The names of the objects; one if they are left out. */
  readonly names?: readonly string[];
  readonly isPossible?: IsPossible;
}

/** Plays a script with new objects, and compares everything with the model after each step. */
export async function play(
  { session, other, family, names = ['s'], ...part }: Part,
  script: Script,
): Promise<void> {
  const world = new World(session, other, family, names);
  try {
    await world.begin();
    await playAll(world, script, part.isPossible ?? (() => true));
  } finally {
    await session.rollback();
    session.em.clear();
  }
}

async function playAll(world: World, script: Script, isPossible: IsPossible): Promise<void> {
  for (const step of script) {
    try {
      await playOne(world, step, isPossible);
      checkCounts(world);
    } catch (error) {
      throw new Error(`at ${JSON.stringify(step)} of ${JSON.stringify(script)}`, { cause: error });
    }
  }
}

async function playOne(world: World, given: Step, isPossible: IsPossible): Promise<void> {
  const [index, of, step] = typeof given !== 'string' && given[0] === 'of' ? given.slice(1) : [0, 0, given];
  const thing = pick(world.things, index as number);
  const property = pick(world.family.names, of as number);
  const one = step as Step;
  if (!isPossible(thing, property, one)) return;
  if (typeof one === 'string') await steps[one](thing);
  else if (one[0] === 'nested') await nested(world, one.slice(1) as unknown as Script, isPossible);
  else if (one[0] !== 'of') await change(thing, one[0], property, one[1]);
}

/** Runs steps in a savepoint, and fails. */
async function nested(world: World, script: Script, isPossible: IsPossible): Promise<void> {
  const { session, models } = world;
  const failure = new Error('inside nested()');
  const isRefused = models.some(({ unwritable }) => unwritable.length > 0);
  let undo: readonly (() => void)[] = [];
  const work = async () => {
    undo = models.map(model => model.savepoint());
    world.isNested = true;
    await playAll(world, script, isPossible);
    throw failure;
  };
  await session.nested(work).catch((error: unknown) => {
    if (error !== failure && !isRefused) throw error;
  });
  world.isNested = false;
  for (const back of undo) back();
}

function pick<T>(all: readonly T[], index: number): T {
  return all[index % all.length] as T;
}
