import { checkCounts } from './checks.ts';
import type { Family } from './family.ts';
import type { Script, Step } from './scripts.ts';
import type { Session } from './show.ts';
import { change, steps } from './steps.ts';
import { World } from './world.ts';

/** Plays a script with a new object, and compares everything with the model after each step. */
export async function play(session: Session, other: Session, family: Family, script: Script): Promise<void> {
  const world = new World(session, other, family);
  try {
    await world.begin();
    await playAll(world, script);
  } finally {
    await session.rollback();
    session.em.clear();
  }
}

async function playAll(world: World, script: Script): Promise<void> {
  for (const step of script) {
    try {
      await playOne(world, step);
      checkCounts(world);
    } catch (error) {
      throw new Error(`at ${JSON.stringify(step)} of ${JSON.stringify(script)}`, { cause: error });
    }
  }
}

async function playOne(world: World, step: Step): Promise<void> {
  if (typeof step === 'string') await steps[step](world);
  else if (step[0] === 'nested') await nested(world, step.slice(1) as unknown as Script);
  else await change(world, step[0], step[1]);
}

/** Runs steps in a savepoint, and fails. */
async function nested(world: World, script: Script): Promise<void> {
  const { session, model } = world;
  const failure = new Error('inside nested()');
  const isRefused = model.unwritable !== undefined;
  let undo = (): void => {};
  const work = async () => {
    undo = model.savepoint();
    await playAll(world, script);
    throw failure;
  };
  await session.nested(work).catch((error: unknown) => {
    if (error !== failure && !isRefused) throw error;
  });
  undo();
}
