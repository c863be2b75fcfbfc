/** TCP by Node: connecting and listening. */
import { createServer, Socket } from "node:net";
import type { ServerOpts, SocketConstructorOpts } from "node:net";
import { isMapped } from "../../network/addresses.js";
import type { Failure } from "../../network/failure.js";
import { failureNamed, failureOf } from "../../network/failure.js";
import type { ConnectRequest, Listener, ListenRequest } from "../../network/network.js";
import { NodeConnection } from "./connection.js";

const CLIENT: SocketConstructorOpts & {
  readonly readableHighWaterMark: number;
  readonly writableHighWaterMark: number;
} = {
  readableHighWaterMark: 0,
  writableHighWaterMark: 0,
  allowHalfOpen: true,
};

const SERVER: ServerOpts & { readonly highWaterMark: number } = {
  highWaterMark: 0,
  allowHalfOpen: true,
  pauseOnConnect: true,
};

/** No way leads there. */
const NO_WAY = failureNamed("ENETUNREACH");

/** Connects by Node. */
export function connect({ to, from, connected }: ConnectRequest): () => void {
  const socket = new Socket(CLIENT);
  let isOver = false;
  const fail = (failure: Failure): void => {
    if (isOver) return;
    isOver = true;
    socket.destroy();
    connected(failure);
  };
  const refused = (error: Error): void => fail(failureOf(error));
  socket.on("error", refused);
  socket.once("connect", () => {
    if (isOver) return;
    isOver = true;
    socket.off("error", refused);
    const connection = new NodeConnection(socket);
    const events = connected(connection);
    if (events === null) connection.abort();
    else connection.open(events);
  });
  const { host: localAddress, port: localPort } = from ?? {};
  const local = {
    ...(localAddress === undefined ? {} : { localAddress }),
    ...(localPort === undefined ? {} : { localPort }),
  };
  // Node would go by IPv4, and a socket of IPv6 is not for that.
  if (isMapped(to.host)) process.nextTick(fail, NO_WAY);
  else socket.connect({ ...to, ...local });
  // A failure may be on its way: it is nobody's any more.
  return () => {
    if (isOver) return;
    isOver = true;
    socket.destroy();
  };
}

/** Listens by Node. */
export function listen({ at, backlog, listening, accepted }: ListenRequest): void {
  const server = createServer(SERVER, (socket) => {
    const connection = new NodeConnection(socket);
    const events = accepted(connection);
    if (events === null) {
      socket.on("error", () => undefined);
      connection.abort();
    } else connection.open(events);
  });
  server.once("error", (error) => listening(failureOf(error)));
  server.listen({ ...at, ...(backlog === undefined ? {} : { backlog }) }, () => {
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : at.port;
    const listener: Listener = { local: { ...at, port }, close: () => void server.close() };
    listening(listener);
  });
}
