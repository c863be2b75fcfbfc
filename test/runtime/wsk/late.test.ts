/** Networks that answer late, or not in order: binds that were given up, ports, lists of datagrams. */
import { expect, test } from "vitest";
import type { WSK_BUF_LIST } from "wskit";
import {
  sockaddrIn, STATUS_CANCELLED, STATUS_CONNECTION_RESET, STATUS_HOST_UNREACHABLE,
  STATUS_INVALID_BUFFER_SIZE, STATUS_PENDING, STATUS_SUCCESS, WSK_EVENT_RECEIVE_FROM,
} from "wskit"; // prettier-ignore
import type { Network } from "wskit/runtime";
import {
  awaitableIrp, DatagramSocket, IoCancelIrp, isMdlInUse, memoryNetwork, wskBuf,
} from "wskit/runtime"; // prettier-ignore
import { RESET, UNKNOWN } from "../../../runtime/network/failure.js";
import type { Failure } from "../../../runtime/network/failure.js";
import type {
  BindRequest, Datagram, Endpoint, Port, Waiting,
} from "../../../runtime/network/network.js"; // prettier-ignore
import { DONE, TAKEN } from "../../../runtime/network/network.js";
import { complete, pattern } from "../peers.js";
import { events, Host, LOCAL } from "./host.js";

const AT: Endpoint = { host: "127.0.0.1", port: 4711 };
const TO = sockaddrIn("127.0.0.1", 9);

/** A port by hand: what it was given, and what it answers. */
class Hand implements Port {
  readonly local = AT;
  readonly carriesControl = false;
  readonly maxDatagram = 1000;
  readonly sent: number[] = [];
  readonly waiting: Waiting[] = [];
  readonly closes: (() => void)[] = [];
  answers: (typeof DONE | typeof TAKEN | Failure)[] = [];

  send({ chunks }: Datagram, waiting: Waiting): typeof DONE | typeof TAKEN | Failure {
    this.sent.push(chunks.reduce((sum, { length }) => sum + length, 0));
    const answer = this.answers.shift() ?? DONE;
    if (answer === TAKEN) this.waiting.push(waiting);
    return answer;
  }

  close(done: () => void): void {
    this.closes.push(done);
  }

  setBroadcast(): void {}
  pause(): void {}
  resume(): void {}
}

/** A client over a network whose ports are bound when the test says so. */
async function byHand() {
  const binds: BindRequest[] = [];
  const real = memoryNetwork();
  const network: Network = {
    name: "by hand",
    reaches: real.reaches,
    connect: (request) => real.connect(request),
    listen: (request) => real.listen(request),
    bind: (request) => void binds.push(request),
  };
  return { host: await Host.start(network), binds };
}

/** A socket with a port by hand. */
async function bound(dispatch: Parameters<Host["port"]>[0] = null) {
  const { host, binds } = await byHand();
  const [port, binding] = [new Hand(), host.port(dispatch)];
  while (binds.length === 0) await Promise.resolve();
  const [request] = binds as [BindRequest];
  request.bound(port);
  return { host, port, request, socket: await binding };
}

test("a port that comes when its bind was given up is closed, and the bind can be made again", async () => {
  const { host, binds } = await byHand();
  const socket = await host.socket(DatagramSocket);
  const bind = () => {
    const { irp, completion } = awaitableIrp();
    expect(socket.Dispatch.WskBind(socket, LOCAL, 0, irp)).toBe(STATUS_PENDING);
    return { irp, completion };
  };
  const first = bind();
  expect(IoCancelIrp(first.irp)).toBe(true);
  expect((await first.completion).Status).toBe(STATUS_CANCELLED);
  const second = bind();
  const [late, port, over] = [new Hand(), new Hand(), new Hand()];
  binds[0]?.bound(late);
  expect([late.closes.length, second.irp.owner, socket.port]).toEqual([1, "wsk", 0]);
  binds[1]?.bound(port);
  expect((await second.completion).Status).toBe(STATUS_SUCCESS);
  // A failure that is too late is nobody's.
  binds[0]?.bound(UNKNOWN);
  expect([port.closes.length, socket.port]).toEqual([0, AT.port]);
  const closing = host.close(socket);
  port.closes[0]?.();
  expect(await closing).toBe(STATUS_SUCCESS);
  binds[1]?.bound(over);
  expect([late.closes.length, over.closes.length]).toEqual([1, 1]);
}); // prettier-ignore

test("what arrives while the port is being closed is told to nobody, and the close waits for the port", async () => {
  const heard: number[] = [];
  const { host, port, request, socket } = await bound({
    WskReceiveFromEvent: (_context, _flags, list) => {
      heard.push(Number(list?.Buffer.Length));
      return STATUS_SUCCESS;
    },
  });
  events(socket, WSK_EVENT_RECEIVE_FROM);
  request.events.received(pattern(3), AT, null);
  const { irp, completion } = awaitableIrp();
  host.disown(socket);
  expect(socket.Dispatch.WskCloseSocket(socket, irp)).toBe(STATUS_PENDING);
  request.events.received(pattern(4), AT, null);
  await Promise.resolve();
  expect([heard, port.closes.length, irp.owner]).toEqual([[3], 1, "wsk"]);
  port.closes[0]?.();
  expect((await completion).Status).toBe(STATUS_SUCCESS);
}); // prettier-ignore

const failure = (status: number): Failure => ({ ...RESET, status });

test.each([
  ["two that fail later", [TAKEN, TAKEN, TAKEN], [failure(STATUS_CONNECTION_RESET), failure(STATUS_HOST_UNREACHABLE), null], STATUS_CONNECTION_RESET],
  ["one that fails first", [TAKEN, DONE, TAKEN], [failure(STATUS_HOST_UNREACHABLE), null], STATUS_HOST_UNREACHABLE],
  ["one that is refused", [TAKEN, failure(STATUS_INVALID_BUFFER_SIZE), TAKEN], [failure(STATUS_CONNECTION_RESET), null], STATUS_INVALID_BUFFER_SIZE],
  ["two that are refused", [failure(STATUS_INVALID_BUFFER_SIZE), failure(STATUS_CONNECTION_RESET), TAKEN], [null], STATUS_INVALID_BUFFER_SIZE],
  ["none that fails", [TAKEN, DONE, TAKEN], [null, null], STATUS_SUCCESS],
] as const)("of a list with %s the IRP tells the first failure, when all is over", async (_, answers, ends, Status) => {
  const { host, port, socket } = await bound();
  port.answers = [...answers];
  const buffers = [wskBuf(pattern(1)), wskBuf(pattern(20)), wskBuf(pattern(300))];
  const list = buffers.reduceRight<WSK_BUF_LIST | null>((Next, Buffer) => ({ Buffer, Next }), null);
  const { irp, completion } = awaitableIrp();
  const { WskSendMessages } = socket.Dispatch;
  expect(WskSendMessages(socket, list ?? expect.unreachable(), 0, TO, 0, null, irp)).toBe(STATUS_PENDING);
  expect(port.sent).toEqual([1, 20, 300]);
  const inUse = () => buffers.map(({ Mdl }) => isMdlInUse(Mdl ?? expect.unreachable()));
  for (const [i, end] of ends.entries()) {
    expect([irp.owner, ...inUse()]).toEqual(["wsk", true, true, true]);
    port.waiting[i]?.settle(end);
  }
  expect(inUse()).toEqual([false, false, false]);
  expect(await completion).toEqual({ Status, Information: Status === STATUS_SUCCESS ? 321 : 0 });
  const closing = host.close(socket);
  port.closes[0]?.();
  await closing;
}); // prettier-ignore

test("a list whose datagrams are gone at once is complete at once", async () => {
  const { host, port, socket } = await bound();
  const list = { Buffer: wskBuf(pattern(5)), Next: { Buffer: wskBuf(pattern(6)), Next: null } };
  const { WskSendMessages } = socket.Dispatch;
  const done = await complete((irp) => WskSendMessages(socket, list, 0, TO, 0, null, irp));
  expect(done).toEqual({ returned: STATUS_SUCCESS, block: { Status: STATUS_SUCCESS, Information: 11 } });
  port.answers = [DONE, failure(STATUS_HOST_UNREACHABLE)];
  const failed = await complete((irp) => WskSendMessages(socket, list, 0, TO, 0, null, irp));
  expect(failed.returned).toBe(STATUS_HOST_UNREACHABLE);
  expect(failed.block).toEqual({ Status: STATUS_HOST_UNREACHABLE, Information: 0 });
  const closing = host.close(socket);
  port.closes[0]?.();
  await closing;
}); // prettier-ignore
