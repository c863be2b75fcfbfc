/** A trace as a recorder in a driver writes it: eight sockets, an IRP each, reused. */
import { createWriteStream } from "node:fs";
import { once } from "node:events";

const SOCKETS = 8;

/** Lines of a send: the call, its return, its completion, and the IRP made ready again. */
export const LINES_A_CALL = 4;

const line = (event: object): string => `${JSON.stringify(event)}\n`;

function begin(): string {
  let text = line({ event: "trace", version: 1, producer: "bench" });
  for (let i = 0; i < SOCKETS; i++) {
    const at = `0xffffa3800${i}`;
    const socket = { category: "stream", connected: true };
    const mdl = { ByteCount: 65_536, MdlFlags: 2 };
    text += line({ event: "object", ref: `${at}10`, type: "WSK_SOCKET", state: socket });
    text += line({ event: "object", ref: `${at}20`, type: "MDL", state: mdl });
    text += line({ event: "object", ref: `${at}30`, type: "IRP", state: { "passed-down": false } });
  }
  return text;
}

function call(id: number): string {
  const at = `0xffffa3800${id % SOCKETS}`;
  const time = 1_000_000_000 + id * 5000;
  const information = 1 + (id % 65_536);
  const Buffer = { Mdl: `${at}20`, Offset: 0, Length: information };
  const args = { Socket: `${at}10`, Buffer, Flags: 0, Irp: `${at}30` };
  const [caller, other] = [
    { process: 4, thread: 2820 },
    { process: 4, thread: 2964 },
  ];
  const irp = `${at}30`;
  const irql = "PASSIVE_LEVEL";
  return [
    { event: "call", time, ...caller, id, function: "WskSend", irql, args },
    { event: "return", time: time + 900, ...caller, id, status: "STATUS_PENDING" },
    { event: "complete", time: time + 2600, ...other, irp, status: "STATUS_SUCCESS", information },
    { event: "reuse", time: time + 3100, ...other, ref: irp },
  ]
    .map(line)
    .join("");
}

/** Writes a trace of so many sends. */
export async function makeTrace(file: string, calls: number): Promise<void> {
  const stream = createWriteStream(file);
  stream.write(begin());
  for (let id = 0; id < calls;) {
    let text = "";
    for (const end = Math.min(calls, id + 5000); id < end; id++) text += call(id);
    if (!stream.write(text)) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "finish");
}
