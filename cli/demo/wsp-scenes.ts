/** The scenes with a service provider: overlapped sends, and how their results are fetched. */
import type { WSABUF, WSAOVERLAPPED } from "../../index.js";
import {
  AF_INET, MEM_READ, NO_ERROR, sockaddrIn, WSA_FLAG_OVERLAPPED, WSA_IO_INCOMPLETE, WSA_IO_PENDING,
  wsaerrorName, WSAESHUTDOWN,
} from "../../index.js"; // prettier-ignore
import { RecordingSwitch, SpiProvider } from "../../runtime/index.js";
import type { PeerProcess } from "./peer-process.js";
import type { Row } from "./row.js";
import { compare, count, pattern } from "./row.js";

const UNTOUCHED = 0xcccc_cccc;

/** Runs the scenes one after the other. */
export async function* wspScenes(peer: PeerProcess): AsyncGenerator<Row> {
  yield await atOnce(peer);
  yield await overlapped(peer);
  yield* ending(peer);
}

/** A send that the kernel takes at once: 0, and the count. */
async function atOnce(peer: PeerProcess): Promise<Row> {
  const { provider, s, errno, listener } = await connect(peer, false);
  const [a, b] = [pattern(600, 10), pattern(400, 11)];
  register(provider, s, [a, b]);
  const sent = { value: UNTOUCHED };
  const operation = structure();
  const result = provider.WSPSend(
    s,
    [whole(a), whole(b)],
    2,
    sent,
    0,
    operation,
    null,
    null,
    errno,
  );
  const { text, ok } = compare([a, b], await peer.received(listener, 1000));
  provider.WSPCloseSocket(s, errno);
  return {
    call: "WSPSend",
    args: "lpBuffers[2]={600, 400}, &sent, 0, &overlapped, NULL",
    returned: `${result}, *lpNumberOfBytesSent ${count(sent.value)}`,
    completed: `before the return: Internal ${Number(operation.Internal)}`,
    atPeer: text,
    ok: ok && result === 0 && sent.value === 1000,
  };
}

/** A send that goes on after the return: WSA_IO_PENDING, polling, a notification, the result. */
async function overlapped(peer: PeerProcess): Promise<Row> {
  const { provider, s, errno, listener, upcalls } = await connect(peer, true);
  const data = pattern(24 * 1024 * 1024, 12);
  register(provider, s, [data]);
  const sent = { value: UNTOUCHED };
  const operation = structure();
  const result = provider.WSPSend(s, [whole(data)], 1, sent, 0, operation, null, null, errno);
  const code = errno.value;
  const got = { s, lpOverlapped: operation, lpcbTransfer: { value: 0 }, lpdwFlags: { value: 0 } };
  const early = provider.WSPGetOverlappedResult(got, errno);
  const incomplete = errno.value;
  await peer.resume(listener);
  await provider.completed(operation);
  const late = provider.WSPGetOverlappedResult(got, errno);
  const { text, ok } = compare([data], await peer.received(listener, data.length));
  provider.WSPCloseSocket(s, errno);
  const told = upcalls.notifications.filter((n) => n.lpOverlapped === operation);
  const bytes = got.lpcbTransfer.value;
  return {
    call: "WSPSend",
    args: `lpBuffers[1]={${data.length}}, &sent, 0, &overlapped, NULL`,
    returned: `${result}, *lpErrno ${wsaerrorName(code)}, sent untouched`,
    completed:
      `WSPGetOverlappedResult: ${bool(early)} ${wsaerrorName(incomplete)}, then ${bool(late)} ` +
      `${count(bytes)}; ${told.length} notification`,
    atPeer: text,
    ok:
      ok &&
      code === WSA_IO_PENDING &&
      sent.value === UNTOUCHED &&
      !early &&
      incomplete === WSA_IO_INCOMPLETE &&
      late &&
      bytes === data.length &&
      told.length === 1,
  };
}

/** WSPSendTo on a connection, where the address is not looked at; then the end of sending. */
async function* ending(peer: PeerProcess): AsyncGenerator<Row> {
  const { provider, s, errno, listener } = await connect(peer, false);
  const data = pattern(500, 13);
  register(provider, s, [data]);
  const sent = { value: UNTOUCHED };
  const send = (operation: WSAOVERLAPPED): number =>
    provider.WSPSendTo(s, [whole(data)], 1, sent, 0, null, 0, operation, null, null, errno);
  const result = send(structure());
  const { text, ok } = compare([data], await peer.received(listener, data.length));
  yield {
    call: "WSPSendTo",
    args: "lpBuffers[1]={500}, &sent, 0, NULL, 0, &overlapped, NULL",
    returned: `${result}, *lpNumberOfBytesSent ${count(sent.value)}`,
    completed: "before the return",
    atPeer: text,
    ok: ok && result === 0 && sent.value === data.length,
  };
  const ended = provider.WSPSendDisconnect(s, null, errno);
  const after = send(structure());
  yield {
    call: "WSPSendDisconnect",
    args: "lpOutboundDisconnectData=NULL",
    returned: `${ended}; the next send ${after}, *lpErrno ${wsaerrorName(errno.value)}`,
    completed: "–",
    atPeer: "what was sent before, and the end",
    ok: ended === 0 && after === -1 && errno.value === WSAESHUTDOWN,
  };
  provider.WSPCloseSocket(s, errno);
}

async function connect(peer: PeerProcess, paused: boolean) {
  const listening = await peer.listen("tcp", paused);
  if (listening === null) throw new Error("the peer process cannot listen on 127.0.0.1");
  const upcalls = new RecordingSwitch();
  const provider = new SpiProvider({ upcalls });
  const errno = { value: NO_ERROR as number };
  const s = provider.WSPSocket(AF_INET, WSA_FLAG_OVERLAPPED, errno);
  provider.WSPBind(s, sockaddrIn("127.0.0.1", 0), errno);
  provider.WSPConnect(s, sockaddrIn("127.0.0.1", listening.port), errno);
  const outcome = await provider.connected(s);
  if (outcome !== NO_ERROR) throw new Error(`WSPConnect: ${wsaerrorName(outcome)}`);
  return { provider, s, errno, listener: listening.peer, upcalls };
}

function register(provider: SpiProvider, s: number | bigint, pieces: readonly Uint8Array[]): void {
  for (const lpBuffer of pieces) {
    const args = { s, lpBuffer, dwBufferLength: lpBuffer.length, dwFlags: MEM_READ };
    provider.WSPRegisterMemory(args, { value: 0 });
  }
}

const whole = (buf: Uint8Array): WSABUF => ({ len: buf.length, buf });
const bool = (value: boolean): string => (value ? "TRUE" : "FALSE");

const structure = (): WSAOVERLAPPED => ({
  Internal: 0,
  InternalHigh: 0,
  Offset: 0,
  OffsetHigh: 0,
  hEvent: 0x40,
});
