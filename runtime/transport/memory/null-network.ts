/** A network that takes everything at once and carries nothing: for measuring what is above it. */
import type {
  BindRequest, Connection, ConnectRequest, Endpoint, ListenRequest, Network, Port,
} from "../../network/network.js"; // prettier-ignore
import { DONE } from "../../network/network.js";

const anywhere = (): Endpoint => ({ host: "127.0.0.1", port: 0 });

class NullConnection implements Connection {
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly #endSent: () => void;

  constructor(request: ConnectRequest, endSent: () => void) {
    this.local = request.from ?? anywhere();
    this.remote = request.to;
    this.#endSent = endSent;
  }

  write(_chunks: readonly Uint8Array[]): typeof DONE {
    return DONE;
  }

  writeOne(_chunk: Uint8Array): typeof DONE {
    return DONE;
  }

  end(): void {
    setImmediate(this.#endSent);
  }

  pause(): void {}
  resume(): void {}
  close(): void {}
  abort(): void {}
}

/** Makes a network that connects and binds anything, answers DONE, and delivers nothing. */
export function nullNetwork(): Network {
  return {
    name: "null",
    reaches: ["accepted"],
    connect(request: ConnectRequest): () => void {
      let isOver = false;
      setImmediate(() => {
        if (isOver) return;
        isOver = true;
        const connection = new NullConnection(request, () => events?.endSent());
        const events = request.connected(connection);
      });
      return () => {
        isOver = true;
      };
    },
    listen({ at, listening }: ListenRequest): void {
      setImmediate(() => listening({ local: at, close: () => undefined }));
    },
    bind({ at, bound }: BindRequest): void {
      const port: Port = {
        local: at,
        carriesControl: true,
        maxDatagram: 65_507,
        send: () => DONE,
        setBroadcast: () => undefined,
        pause: () => undefined,
        resume: () => undefined,
        close: (done) => void setImmediate(done),
      };
      setImmediate(() => bound(port));
    },
  };
}
