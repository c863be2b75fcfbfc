/** The scenes with WSK sockets: TCP, UDP, a refusal, a reset. */
import type { NTSTATUS, PSOCKADDR } from "../../index.js";
import {
  AF_INET, AF_INET6, CallRefused, ntstatusName, STATUS_CONNECTION_RESET, STATUS_FILE_FORCED_CLOSED,
  STATUS_PENDING, STATUS_SUCCESS, sockaddrIn, sockaddrIn6, WSK_FLAG_NODELAY,
} from "../../index.js"; // prettier-ignore
import type { ConnectionSocket, DatagramSocket } from "../../runtime/index.js";
import {
  awaitableIrp,
  createConnectionSocket,
  createDatagramSocket,
  wskBuf,
} from "../../runtime/index.js";
import type { PeerProcess } from "./peer-process.js";
import type { Row } from "./row.js";
import { compare, completionCell, count, isWhole, pattern, watch } from "./row.js";

const MB = 1024 * 1024;

/** Runs the scenes one after the other. */
export async function* wskScenes(peer: PeerProcess): AsyncGenerator<Row> {
  yield* smallSends(peer);
  yield await largeSend(peer);
  yield await datagram(peer, "udp4");
  yield await datagram(peer, "udp6");
  yield await messages(peer);
  yield await refusal(peer);
  yield* reset(peer);
}

/** WskSend and WskSendEx of what the kernel takes at once. */
async function* smallSends(peer: PeerProcess): AsyncGenerator<Row> {
  const { socket, listener } = await connect(peer, false);
  const [head, body] = [pattern(1024, 1), pattern(3072, 2)];
  const sent = await watch((irp) =>
    socket.Dispatch.WskSend(socket, wskBuf(head, body), WSK_FLAG_NODELAY, irp),
  );
  const first = compare([head, body], await peer.received(listener, 4096));
  yield {
    call: "WskSend",
    args: "Buffer={Mdl→Mdl, 0, 4096}, WSK_FLAG_NODELAY",
    returned: ntstatusName(sent.returned),
    completed: completionCell(sent),
    atPeer: first.text,
    ok: first.ok && sent.returned === STATUS_SUCCESS && isWhole(sent, 4096),
  };
  const more = pattern(20_000, 3);
  const extended = await watch((irp) =>
    socket.Dispatch.WskSendEx(socket, wskBuf(more), 0, 0, null, irp),
  );
  const both = compare([head, body, more], await peer.received(listener, 24_096));
  yield {
    call: "WskSendEx",
    args: "Buffer={Mdl, 0, 20000}, 0, ControlInfoLength=0, NULL",
    returned: ntstatusName(extended.returned),
    completed: completionCell(extended),
    atPeer: both.text,
    ok: both.ok && isWhole(extended, 20_000),
  };
  close(socket);
}

/** A send that is far larger than what the kernel takes from a peer that does not read yet. */
async function largeSend(peer: PeerProcess): Promise<Row> {
  const { socket, listener } = await connect(peer, true);
  const data = pattern(32 * MB, 4);
  const sending = watch((irp) => socket.Dispatch.WskSend(socket, wskBuf(data), 0, irp));
  await peer.resume(listener);
  const sent = await sending;
  const { text, ok } = compare([data], await peer.received(listener, data.length));
  close(socket);
  return {
    call: "WskSend",
    args: `Buffer={Mdl, 0, ${data.length}}, 0`,
    returned: ntstatusName(sent.returned),
    completed: completionCell(sent),
    atPeer: text,
    ok: ok && sent.returned === STATUS_PENDING && isWhole(sent, data.length),
  };
}

async function datagram(peer: PeerProcess, protocol: "udp4" | "udp6"): Promise<Row> {
  const call = "WskSendTo";
  const listening = await peer.listen(protocol);
  if (listening === null) {
    const args = `RemoteAddress over ${protocol}`;
    return {
      call,
      args,
      returned: "–",
      completed: "–",
      atPeer: "this machine has no IPv6",
      ok: true,
    };
  }
  const isV4 = protocol === "udp4";
  const local = isV4 ? sockaddrIn("127.0.0.1", 0) : sockaddrIn6("::1", 0);
  const to = isV4 ? sockaddrIn("127.0.0.1", listening.port) : sockaddrIn6("::1", listening.port);
  const socket = createDatagramSocket({ family: isV4 ? AF_INET : AF_INET6 });
  await watch((irp) => socket.Dispatch.WskBind(socket, local, 0, irp));
  const data = pattern(1400, isV4 ? 5 : 6);
  const sent = await watch((irp) =>
    socket.Dispatch.WskSendTo(socket, wskBuf(data), 0, to, 0, null, irp),
  );
  const { text, ok } = compare([data], await peer.received(listening.peer, data.length));
  close(socket);
  return {
    call,
    args: `Buffer={Mdl, 0, 1400}, 0, ${isV4 ? "127.0.0.1" : "[::1]"}:${listening.port}, 0, NULL`,
    returned: ntstatusName(sent.returned),
    completed: completionCell(sent),
    atPeer: text,
    ok: ok && isWhole(sent, data.length),
  };
}

/** WskSendMessages: a list of two datagrams to one address, one IRP for both. */
async function messages(peer: PeerProcess): Promise<Row> {
  const listening = await peer.listen("udp4");
  if (listening === null) throw new Error("the peer process cannot listen on 127.0.0.1");
  const socket = createDatagramSocket({ family: AF_INET });
  const { WskBind, WskSendMessages } = socket.Dispatch;
  await watch((irp) => WskBind(socket, sockaddrIn("127.0.0.1", 0), 0, irp));
  const [first, second] = [pattern(700, 20), pattern(900, 21)];
  const list = { Next: { Next: null, Buffer: wskBuf(second) }, Buffer: wskBuf(first) };
  const to = sockaddrIn("127.0.0.1", listening.port);
  const sent = await watch((irp) => WskSendMessages(socket, list, 0, to, 0, null, irp));
  const { text, ok } = compare([first, second], await peer.received(listening.peer, 1600));
  close(socket);
  return {
    call: "WskSendMessages",
    args: `BufferList={700}→{900}, 0, 127.0.0.1:${listening.port}, 0, NULL`,
    returned: ntstatusName(sent.returned),
    completed: completionCell(sent),
    atPeer: text,
    ok: ok && isWhole(sent, 1600),
  };
}

/** A call that would stop Windows: the Length is beyond the MDL chain. */
async function refusal(peer: PeerProcess): Promise<Row> {
  const { socket } = await connect(peer, false);
  const buffer = { ...wskBuf(pattern(256, 7)), Length: 257 };
  const row = {
    call: "WskSend",
    args: "Buffer={Mdl of 256, 0, Length=257}, 0",
    atPeer: "0 B: not sent",
  };
  try {
    const sent = await watch((irp) => socket.Dispatch.WskSend(socket, buffer, 0, irp));
    return {
      ...row,
      returned: ntstatusName(sent.returned),
      completed: completionCell(sent),
      ok: false,
    };
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error;
    const [issue] = error.issues;
    const isRight = error.issues.length === 1 && issue?.rule === "WSK_BUF/length-in-chain";
    return {
      ...row,
      returned: `refused [${issue?.rule ?? ""}]`,
      completed: `${issue?.advice ?? ""} The IRP stays the caller's.`,
      ok: isRight,
    };
  } finally {
    close(socket);
  }
}

/** The peer cuts the connection while a send is pending; the next send is told to close. */
async function* reset(peer: PeerProcess): AsyncGenerator<Row> {
  const { socket, listener } = await connect(peer, true);
  const data = pattern(16 * MB, 8);
  const sending = watch((irp) => socket.Dispatch.WskSend(socket, wskBuf(data), 0, irp));
  await peer.reset(listener);
  const cut = await sending;
  const row = (sent: typeof cut, args: string, wanted: [NTSTATUS, NTSTATUS]): Row => ({
    call: "WskSend",
    args,
    returned: ntstatusName(sent.returned),
    completed: completionCell(sent),
    atPeer: "connection reset by the peer",
    ok: sent.returned === wanted[0] && sent.status === wanted[1] && sent.information === 0,
  });
  yield row(cut, `Buffer={Mdl, 0, ${data.length}}, 0`, [STATUS_PENDING, STATUS_CONNECTION_RESET]);
  const next = await watch((irp) => socket.Dispatch.WskSend(socket, wskBuf(pattern(8, 9)), 0, irp));
  const closed: [NTSTATUS, NTSTATUS] = [STATUS_FILE_FORCED_CLOSED, STATUS_FILE_FORCED_CLOSED];
  yield row(next, `Buffer={Mdl, 0, ${count(8)}}, 0`, closed);
  close(socket);
}

async function connect(
  peer: PeerProcess,
  paused: boolean,
): Promise<{ socket: ConnectionSocket; listener: number }> {
  const listening = await peer.listen("tcp", paused);
  if (listening === null) throw new Error("the peer process cannot listen on 127.0.0.1");
  const socket = createConnectionSocket({ family: AF_INET });
  const { WskBind, WskConnect } = socket.Dispatch;
  const to: PSOCKADDR = sockaddrIn("127.0.0.1", listening.port);
  await watch((irp) => WskBind(socket, sockaddrIn("0.0.0.0", 0), 0, irp));
  const { status } = await watch((irp) => WskConnect(socket, to, 0, irp));
  if (status !== STATUS_SUCCESS) throw new Error(`WskConnect: ${ntstatusName(status)}`);
  return { socket, listener: listening.peer };
}

function close(socket: ConnectionSocket | DatagramSocket): void {
  socket.Dispatch.WskCloseSocket(socket, awaitableIrp().irp);
}
