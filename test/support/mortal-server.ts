/** A server of a test's own, which may be stopped, killed and started again on the same data. */
export interface MortalServer {
  readonly url: string;
  readonly port: number;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** As the power failing does. */
  kill(): Promise<void>;
  drop(): Promise<void>;
}
