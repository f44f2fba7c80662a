import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server, which may break. */
export interface Proxy {
  readonly port: number;
  /** Ends all connections, and takes none. */
  cut(): void;
  /**
   * Takes the next thing that is sent, and ends the connection before an answer to it arrives.
   *
   * @param sent what is in it; what is sent before gets its answer
   */
  cutAnswer(sent?: string): void;
  /** Lets nothing through any more, and ends nothing. */
  silence(): void;
  mend(): void;
  /** Says something to each client that says this, as a server does that ends a connection at the same moment. */
  interject(said: Buffer, answer: Buffer): void;
  close(): void;
}

/** A proxy on this machine to a port of it. */
export async function proxyTo(target: number): Promise<Proxy> {
  let mode: 'open' | 'cut' | 'cut answer' | 'silent' = 'open';
  let cutAt: string | undefined;
  let interjection: { readonly said: Buffer; readonly answer: Buffer } | undefined;
  const sockets = new Set<Socket>();
  const server = createServer(client => {
    if (mode === 'cut') return void client.destroy();
    const upstream = connect(target, '127.0.0.1');
    const end = () => {
      for (const socket of [client, upstream]) {
        socket.destroy();
        sockets.delete(socket);
      }
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', end).on('close', end);
    }
    client.on('data', (data: Buffer) => {
      if (interjection?.said.equals(data)) client.write(interjection.answer);
      if (cutAt !== undefined && data.includes(cutAt)) mode = 'cut answer';
      if (mode === 'open' || mode === 'cut answer') upstream.write(data);
    });
    upstream.on('data', data => {
      if (mode === 'cut answer') end();
      else if (mode === 'open') client.write(data);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const endAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port,
    cut() {
      mode = 'cut';
      endAll();
    },
    cutAnswer(sent) {
      cutAt = sent;
      if (sent === undefined) mode = 'cut answer';
    },
    silence: () => void (mode = 'silent'),
    mend() {
      if (mode === 'silent') endAll();
      mode = 'open';
      cutAt = undefined;
    },
    interject: (said, answer) => void (interjection = { said, answer }),
    close() {
      endAll();
      server.close();
    },
  };
}
