/** A trace as a recorder in a driver writes it: eight sockets, an IRP each, reused. */
import { createWriteStream } from "node:fs";
import { once } from "node:events";

const SOCKETS = 8;

/** Lines of a send: the call, its return, its completion, and the IRP made ready again. */
export const LINES_A_CALL = 4;

function begin(): string {
  const lines = ['{"event":"trace","version":1,"producer":"bench"}'];
  for (let i = 0; i < SOCKETS; i++) {
    lines.push(
      `{"event":"object","ref":"0xffffa3800${i}10","type":"WSK_SOCKET","state":{"category":"stream","connected":true}}`,
      `{"event":"object","ref":"0xffffa3800${i}20","type":"MDL","state":{"ByteCount":65536,"MdlFlags":2}}`,
      `{"event":"object","ref":"0xffffa3800${i}30","type":"IRP","state":{"passed-down":false}}`,
    );
  }
  return `${lines.join("\n")}\n`;
}

function call(id: number): string {
  const at = `0xffffa3800${id % SOCKETS}`;
  const time = 1_000_000_000 + id * 5000;
  const length = 1 + (id % 65_536);
  return `{"event":"call","time":${time},"process":4,"thread":2820,"id":${id},"function":"WskSend","irql":"PASSIVE_LEVEL","args":{"Socket":"${at}10","Buffer":{"Mdl":"${at}20","Offset":0,"Length":${length}},"Flags":0,"Irp":"${at}30"}}
{"event":"return","time":${time + 900},"process":4,"thread":2820,"id":${id},"status":"STATUS_PENDING"}
{"event":"complete","time":${time + 2600},"process":4,"thread":2964,"irp":"${at}30","status":"STATUS_SUCCESS","information":${length}}
{"event":"reuse","time":${time + 3100},"process":4,"thread":2964,"ref":"${at}30"}
`;
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
