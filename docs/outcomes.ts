/** The table of the guide that says how to provoke each outcome that a contract lists. */
import { readFileSync } from "node:fs";
import { format } from "../generator/format.js";

interface Call {
  readonly name: string;
  readonly outcomes: readonly { readonly name: string; readonly doc: string }[];
}

// The test of the table makes what is behind the names in these lines.
const send = (s: string, buffer: string): string =>
  `WSPSend(${s}, [${buffer}], 1, sent, 0, overlapped, null, null, errno)`;
const sendTo = (s: string, buffer: string, to: string): string =>
  `WSPSendTo(${s}, [${buffer}], 1, sent, 0, ${to}, 16, overlapped, null, null, errno)`;
const planned = (call: string, code: string, then: string): string =>
  `faults.fail("${call}", ${code}); ${then}`;

const RESET = "network.reset(there); await turn()";

/** How to provoke each outcome of each call, in one line; the last statement is the call. */
export const PROVOKED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  WskSend: {
    STATUS_SUCCESS: "WskSend(socket, small, 0, irp)",
    STATUS_PENDING: "WskSend(socket, large, 0, irp)",
    STATUS_FILE_FORCED_CLOSED: `${RESET}; WskSend(socket, small, 0, irp)`,
    STATUS_NOT_SUPPORTED: "lenient.Dispatch.WskSend(lenient, small, WSK_FLAG_OOB, irp)",
  },
  WskSendEx: {
    STATUS_SUCCESS: "WskSendEx(socket, small, 0, 0, null, irp)",
    STATUS_PENDING: "WskSendEx(socket, large, 0, 0, null, irp)",
    STATUS_FILE_FORCED_CLOSED: `${RESET}; WskSendEx(socket, small, 0, 0, null, irp)`,
    STATUS_NOT_SUPPORTED: "WskSendEx(socket, small, 0, control.length, control, irp)",
  },
  WskSendTo: {
    STATUS_SUCCESS: "WskSendTo(datagrams, small, 0, to, 0, null, irp)",
    STATUS_PENDING: "network.stall(here); WskSendTo(datagrams, large, 0, to, 0, null, irp)",
    STATUS_FILE_FORCED_CLOSED: planned(
      "WskSendTo",
      "STATUS_FILE_FORCED_CLOSED",
      "WskSendTo(datagrams, small, 0, to, 0, null, irp)",
    ),
  },
  WskSendMessages: {
    STATUS_SUCCESS: "WskSendMessages(datagrams, list(small, small), 0, to, 0, null, irp)",
    STATUS_PENDING:
      "network.stall(here); WskSendMessages(datagrams, list(large, small), 0, to, 0, null, irp)",
    STATUS_FILE_FORCED_CLOSED: planned(
      "WskSendMessages",
      "STATUS_FILE_FORCED_CLOSED",
      "WskSendMessages(datagrams, list(small), 0, to, 0, null, irp)",
    ),
  },
  WSPSend: {
    NO_ERROR: send("s", "few"),
    WSA_IO_PENDING: send("s", "many"),
    WSAENETDOWN: planned("WSPSend", "WSAENETDOWN", send("s", "few")),
    WSAEFAULT: send("s", "unregistered"),
    WSAENOBUFS: planned("WSPSend", "WSAENOBUFS", send("s", "few")),
    WSAENOTCONN: `WSPBind(unconnected, anywhere, errno); ${send("unconnected", "few")}`,
    WSAENOTSOCK: send("4", "few"),
    WSAESHUTDOWN: `WSPShutdown(s, errno); ${send("s", "few")}`,
    WSAEINVAL: send("unconnected", "few"),
    WSAECONNABORTED: planned("WSPSend", "WSAECONNABORTED", send("s", "few")),
    WSAECONNRESET: `${RESET}; ${send("s", "few")}`,
    WSA_OPERATION_ABORTED: `${send("s", "many")}; WSPCloseSocket(s, errno)`,
  },
  WSPSendTo: {
    NO_ERROR: sendTo("d", "few", "to"),
    WSA_IO_PENDING: `network.stall(here); ${sendTo("d", "many", "to")}`,
    WSAENETDOWN: planned("WSPSendTo", "WSAENETDOWN", sendTo("d", "few", "to")),
    WSAEACCES: sendTo("d", "few", "everybody"),
    WSAEINTR: planned("WSPSendTo", "WSAEINTR", sendTo("d", "few", "to")),
    WSAEINPROGRESS: planned("WSPSendTo", "WSAEINPROGRESS", sendTo("d", "few", "to")),
    WSAEFAULT: sendTo("d", "nowhere", "to"),
    WSAENETRESET: planned("WSPSendTo", "WSAENETRESET", sendTo("d", "few", "to")),
    WSAENOBUFS: planned("WSPSendTo", "WSAENOBUFS", sendTo("d", "few", "to")),
    WSAENOTCONN: sendTo("unconnected", "few", "to"),
    WSAENOTSOCK: sendTo("4", "few", "to"),
    WSAEOPNOTSUPP: "WSPSendTo(d, [few], 1, sent, MSG_OOB, to, 16, overlapped, null, null, errno)",
    WSAESHUTDOWN: `WSPShutdown(d, errno); ${sendTo("d", "few", "to")}`,
    WSAEWOULDBLOCK: planned("WSPSendTo", "WSAEWOULDBLOCK", sendTo("d", "few", "to")),
    WSAEMSGSIZE: sendTo("d", "oversized", "to"),
    WSAEINVAL: planned("WSPSendTo", "WSAEINVAL", sendTo("d", "few", "to")),
    WSAECONNABORTED: planned("WSPSendTo", "WSAECONNABORTED", sendTo("d", "few", "to")),
    WSAECONNRESET: `${RESET}; ${sendTo("s", "few", "to")}`,
    WSAEADDRNOTAVAIL: sendTo("d", "few", "anywhere"),
    WSAEAFNOSUPPORT: sendTo("d", "few", "ofIpv6"),
    WSAEDESTADDRREQ: sendTo("d", "few", "null"),
    WSAENETUNREACH: planned("WSPSendTo", "WSAENETUNREACH", sendTo("d", "few", "to")),
    WSA_OPERATION_ABORTED: `network.stall(here); ${sendTo("d", "many", "to")}; WSPCloseSocket(d, errno)`,
  },
  WSPSendDisconnect: {
    NO_ERROR: "WSPSendDisconnect(s, null, errno)",
    WSAENETDOWN: planned("WSPSendDisconnect", "WSAENETDOWN", "WSPSendDisconnect(s, null, errno)"),
    WSAENOPROTOOPT: "WSPSendDisconnect(s, [few], errno)",
    WSAEINPROGRESS: planned(
      "WSPSendDisconnect",
      "WSAEINPROGRESS",
      "WSPSendDisconnect(s, null, errno)",
    ),
    WSAENOTCONN: "WSPSendDisconnect(unconnected, null, errno)",
    WSAENOTSOCK: "WSPSendDisconnect(4, null, errno)",
    WSAEFAULT: planned("WSPSendDisconnect", "WSAEFAULT", "WSPSendDisconnect(s, null, errno)"),
  },
};

/** What the names in these lines are; test/runtime/outcomes.test.ts makes them. */
export const NAMES: Readonly<Record<string, string>> = {
  network:
    "a `memoryNetwork()` that takes 1,000 bytes at once; its faults are in [a network in memory](#a-network-in-memory)",
  faults: "the `FaultPlan` of all these sockets, for what no network does on order",
  "socket, lenient": "connection-oriented sockets, connected; `lenient` has the profile `header`",
  datagrams: "a datagram socket, bound",
  "small, large, list": "a WSK_BUF of 10 bytes, one of 5,000, and the WSK_BUF_LIST of some",
  control: "control information that is well formed, of a kind that no transport has",
  irp: "an IRP that is ready to be sent",
  "s, d, unconnected":
    "sockets of an `SpiProvider`: a connected stream, a bound datagram socket, a stream that is neither",
  "few, many, oversized":
    "a WSABUF of 10 bytes, one of 5,000, and one of 70,000, which no datagram holds",
  "unregistered, nowhere":
    "a WSABUF over memory that was not registered, and one of 10 bytes at NULL",
  "overlapped, sent, errno": "what lpOverlapped, lpNumberOfBytesSent and lpErrno point to",
  "to, anywhere, everybody, ofIpv6": "addresses: of the peer, 0.0.0.0, 255.255.255.255, and ::1",
  "here, there": "the endpoints of the datagram socket, and of the peer",
  turn: "a function: it lets the network do what it is about to",
};

const BEGIN = "<!-- made of the schema and docs/outcomes.ts by npm run docs -->";
const END = "<!-- end -->";

const PREAMBLE = `What a contract lists can be had, in one line each; the last call of the line is the one that has the outcome, at once or when its
operation ends. \`test/runtime/outcomes.test.ts\` runs every line of the table, and looks for the code. Names of functions are those of
the tables of these sockets, and of the provider; the other names are these:`;

/** A row for each outcome that the schema lists; one that nobody can provoke is a mistake. */
function rowsOf({ name, outcomes }: Call): string[] {
  return outcomes.map(({ name: code, doc }) => {
    const line = PROVOKED[name]?.[code];
    if (line === undefined)
      throw new Error(`docs/outcomes.ts does not provoke ${code} of ${name}.`);
    return `| ${name} | ${code} | ${doc} | \`${line}\` |\n`;
  });
}

/** The guide with its table made anew. */
export async function withOutcomes(guide: string): Promise<string> {
  const schema = new URL("../generated/schema.json", import.meta.url);
  const { calls } = JSON.parse(readFileSync(schema, "utf8")) as { calls: readonly Call[] };
  const table = await format(
    "runtime.md",
    `| call | outcome | meaning | how |
| --- | --- | --- | --- |
${calls.flatMap(rowsOf).join("")}`,
  );
  const names = Object.entries(NAMES).map(
    ([name, what]) => `| ${name.replaceAll(/\w+/g, "`$&`")} | ${what} |\n`,
  );
  const preamble = await format(
    "runtime.md",
    `${PREAMBLE}\n\n| name | what it is |\n| --- | --- |\n${names.join("")}`,
  );
  const from = guide.indexOf(BEGIN);
  const to = guide.indexOf(END, from);
  if (from < 0 || to < from) throw new Error(`docs/guide/runtime.md has no ${BEGIN} … ${END}.`);
  return `${guide.slice(0, from)}${BEGIN}\n\n${preamble.trim()}\n\n${table.trim()}\n\n${guide.slice(to)}`;
}
