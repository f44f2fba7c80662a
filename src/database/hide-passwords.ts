import type { MikroORM } from '@mikro-orm/core';
import { hidePassword } from '../dialects/mask-password.ts';

/** Has the passwords masked that a configuration gives for its connections. */
export function hidePasswords({ config }: MikroORM): void {
  const { clientUrl, password, replicas, driverOptions } = config.getAll();
  hideIn({ clientUrl, password, replicas, driverOptions });
}

function hideIn(options: unknown): void {
  if (typeof options !== 'object' || options === null) return;
  for (const [name, value] of Object.entries(options)) {
    if (name === 'password' && typeof value === 'string') hidePassword(value);
    else if (name === 'clientUrl' && URL.canParse(String(value))) hideUrl(new URL(String(value)));
    else if (Array.isArray(value)) value.forEach(hideIn);
    else if (NESTED.has(name)) hideIn(value);
  }
}

/** Where a driver takes its own options for a connection. */
const NESTED = new Set(['driverOptions', 'connection']);

function hideUrl({ password }: URL): void {
  try {
    hidePassword(decodeURIComponent(password));
  } catch {
    hidePassword(password);
  }
}
