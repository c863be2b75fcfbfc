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

const BEGIN = "<!-- made of the schema and docs/outcomes.ts by npm run docs -->";
const END = "<!-- end -->";

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
  const from = guide.indexOf(BEGIN);
  const to = guide.indexOf(END, from);
  if (from < 0 || to < from) throw new Error(`docs/guide/runtime.md has no ${BEGIN} … ${END}.`);
  return `${guide.slice(0, from)}${BEGIN}\n\n${table.trim()}\n\n${guide.slice(to)}`;
}
