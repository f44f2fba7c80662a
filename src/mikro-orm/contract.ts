import { type MikroORM, Utils } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import { version } from '../version.ts';
import { classTablesContract } from './class-tables-contract.ts';
import { collectionContract } from './collection-contract.ts';
import { driverContract } from './driver-contract.ts';
import { entityContract } from './entity-contract.ts';
import { flushContract } from './flush-contract.ts';
import { keyContract } from './key-contract.ts';
import type { Reliance } from './reliance.ts';
import { unitOfWorkContract } from './unit-of-work-contract.ts';

/** What mikroscope relies on whenever a database is open, and MikroORM does not promise. */
export const contract: readonly Reliance[] = [
  ...driverContract,
  ...entityContract,
  ...unitOfWorkContract,
  ...flushContract,
  ...collectionContract,
  ...classTablesContract,
  ...keyContract,
];

/** How entities and what holds them behave is tried out on a probe, which is the same for all databases of a driver. */
const onProbe = new Set<Reliance>([
  ...entityContract,
  ...unitOfWorkContract,
  ...flushContract,
  ...collectionContract,
  ...keyContract,
]);
/** The drivers whose probe behaves. */
const proven = new WeakSet<object>();

/**
 * Binds the contract, before anything else is done with MikroORM: a guard on a method that MikroORM no longer calls
 * would guard nothing.
 *
 * @param reliances those of an extension, which are bound before it is used; by default those of every database
 * @throws MikroscopeError `UnsupportedVersion` that names the first member that is missing or behaves differently
 */
export async function assertContract(orm: MikroORM, reliances = contract): Promise<void> {
  const driver = orm.config.getDriver().constructor;
  const unproven = proven.has(driver) ? reliances.filter(reliance => !onProbe.has(reliance)) : reliances;
  const needed = unproven.filter(isExpected).filter(reliance => isNeeded(reliance, orm));
  for (const { member, check } of needed)
    if (!(await behaves(check, orm))) throw unsupported(`${member} behaves differently`);
  if (reliances === contract) proven.add(driver);
}

function isExpected({ since }: Reliance): boolean {
  if (since === undefined) return true;
  const [[major = 0, minor = 0] = [], [firstMajor = 0, firstMinor = 0] = []] = [
    Utils.getORMVersion(),
    since,
  ].map(text => text.split('.').map(Number));
  return major > firstMajor || (major === firstMajor && minor >= firstMinor);
}

/**
 * Whether this database has need of a member.
 *
 * @throws MikroscopeError `UnsupportedVersion` if it has, and the member is missing
 */
function isNeeded({ member, on, kind = 'method' }: Reliance, orm: MikroORM): boolean {
  const name = member.slice(member.lastIndexOf('.') + 1);
  try {
    const owner = on(orm);
    if (owner === undefined) return false;
    if (kind === 'property' ? name in owner : typeof Reflect.get(owner, name) === 'function') return true;
  } catch {
    // What leads to the owner is missing.
  }
  throw unsupported(`${member} is missing`);
}

async function behaves(check: Reliance['check'], orm: MikroORM): Promise<boolean> {
  try {
    return check === undefined || (await check(orm));
  } catch {
    return false;
  }
}

/** The error for a MikroORM, or a driver of its, that is not as mikroscope knows it. */
export function unsupported(what: string, cause?: unknown): MikroscopeError {
  const own = version.split('.', 2).join('.');
  return new MikroscopeError(
    'UnsupportedVersion',
    `mikroscope ${own} knows MikroORM 7.0 to 7.2; this is ${Utils.getORMVersion()}: ${what}`,
    'Use a MikroORM that it knows, or look for a newer mikroscope.',
    { cause },
  );
}
