import { connect, type Socket } from 'node:net';

/** What mysql2 connects to, as it hands it to a function that opens a socket. */
interface Connecting {
  readonly config: {
    readonly host: string;
    readonly port: number;
    readonly socketPath?: string;
    readonly enableKeepAlive?: boolean;
    readonly keepAliveInitialDelay?: number;
  };
}

/** The sockets of a pool of mysql2, which waits for a server that does not answer for as long as they are open. */
export class Sockets {
  readonly #open = new Set<Socket>();

  /** The options of a pool that is about to be opened. What a project opens its connections with is left as it is. */
  watching(options: object): object {
    if ('stream' in options) return options;
    return { ...options, stream: (connecting: Connecting) => this.#watch(socketTo(connecting)) };
  }

  /** Waits until the server, too, has closed those of a pool that was closed. */
  async ended(): Promise<void> {
    await Promise.all(
      [...this.#open].map(socket => new Promise<void>(end => socket.once('close', () => end()))),
    );
  }

  /** Ends all of them, and whatever waits for an answer fails. */
  readonly cutOff = (): void => {
    for (const socket of this.#open) socket.destroy();
  };

  #watch(socket: Socket): Socket {
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    return socket;
  }
}

/** A socket as mysql2 opens it without such a function. */
function socketTo({ config }: Connecting): Socket {
  const { host, port, socketPath, enableKeepAlive = false, keepAliveInitialDelay } = config;
  if (socketPath) return connect(socketPath);
  const socket = connect(port, host);
  if (enableKeepAlive) socket.once('connect', () => void socket.setKeepAlive(true, keepAliveInitialDelay));
  return socket.setNoDelay(true);
}
