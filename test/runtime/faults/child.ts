/**
 * Run in a process of its own: a million sends over a network, and what is left of them. Prints one
 * line of JSON: heap before and after, in bytes, and the handles that are open.
 */
import { STATUS_MORE_PROCESSING_REQUIRED, STATUS_PENDING, STATUS_SUCCESS } from "../../../index.js";
import {
  IoAllocateIrp, IoReuseIrp, IoSetCompletionRoutine, memoryNetwork, nodeNetwork, wskBuf,
} from "../../../runtime/index.js"; // prettier-ignore
import type { Irp } from "../../../runtime/index.js";
import { linked } from "./lab.js";

const SENDS = 1_000_000;
const collect = (globalThis as { gc?: () => void }).gc ?? (() => undefined);
const name = process.argv[2];
const { client, peer, close } = await linked(name === "node" ? nodeNetwork : memoryNetwork());
peer.events.received = (data) => {
  received += data.length;
  peer.events.note("received");
  peer.events.told.length = 0;
};
let received = 0;
let completed = 0;
let wake: () => void = () => undefined;

const routine = (_: null, irp: Irp): number => {
  if (irp.IoStatus.Status === STATUS_SUCCESS) completed += 1;
  wake();
  return STATUS_MORE_PROCESSING_REQUIRED;
};
const irps = Array.from({ length: 64 }, () => IoAllocateIrp(1));
const buffer = wskBuf(new Uint8Array(64));

async function send(count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += irps.length) {
    let pending = 0;
    for (const irp of irps) {
      IoReuseIrp(irp, STATUS_SUCCESS);
      IoSetCompletionRoutine(irp, routine, null);
      const returned = client.Dispatch.WskSend(client.socket, buffer, 0, irp);
      if (returned === STATUS_PENDING) pending += 1;
    }
    if (pending > 0) {
      const all = completed + pending;
      await new Promise<void>((done) => (wake = () => void (completed >= all && done())));
    }
  }
}

const rest = (): Promise<void> => new Promise((later) => setTimeout(later, 50));
await send(64_000);
await rest();
collect();
const before = process.memoryUsage().heapUsed;
await send(SENDS);
await peer.events.until(() => received >= completed * 64);
collect();
const after = process.memoryUsage().heapUsed;
await close();
peer.connection.close();
await rest();
const handles = process.getActiveResourcesInfo().filter((kind) => kind.includes("TCP"));
process.stdout.write(JSON.stringify({ completed, received, grown: after - before, handles }));
