import type { Options } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import type { Interceptor } from './interceptor.ts';
import { interceptConnection, type KyselyConnection, openInHook } from './kysely-driver.ts';

/** What a configuration may run on each connection: once, and each time that it is handed out. */
type Hooks = Pick<Partial<Options>, 'onCreateConnection' | 'onReserveConnection'>;

type Hook = NonNullable<Hooks['onCreateConnection']>;

/**
 * The hooks of a configuration, or of one of its replicas, after what intercepts a connection: they may send statements.
 */
export function interceptHooks(given: Hooks, interceptor: Interceptor): Hooks {
  const { onCreateConnection, onReserveConnection } = given;
  const around = (name: string, hook: Hook | undefined) => (connection: unknown) =>
    openInHook(connection as KyselyConnection, async () => {
      await interceptConnection(connection as KyselyConnection, interceptor);
      if (hook !== undefined && !interceptor.leavesHooksOut) await run(name, () => hook(connection));
    });
  return {
    onCreateConnection: around('onCreateConnection', onCreateConnection),
    ...(onReserveConnection && { onReserveConnection: around('onReserveConnection', onReserveConnection) }),
  };
}

/** @throws MikroscopeError that names the hook if it throws */
async function run(name: string, hook: () => Promise<void>): Promise<void> {
  try {
    await hook();
  } catch (error) {
    const isOwn = error instanceof MikroscopeError;
    throw new MikroscopeError(
      isOwn ? error.code : 'BadConfiguration',
      `The configuration's ${name} failed: ${error instanceof Error ? error.message : String(error)}`,
      isOwn ? 'Let it do so only where it may, or leave the option out.' : 'Look at what it does.',
      { cause: error },
    );
  }
}
