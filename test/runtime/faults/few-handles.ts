/**
 * Run in a process that may open few files: connects until it cannot, closes all, and connects
 * again. Prints how the connects ended, as names.
 */
import { closeSync, openSync } from "node:fs";
import { AF_INET, ntstatusName, sockaddrIn } from "../../../index.js";
import { createConnectionSocket } from "../../../runtime/index.js";
import { completion } from "./lab.js";

const to = sockaddrIn("127.0.0.1", Number(process.argv[2]));

async function connected() {
  const socket = createConnectionSocket({ family: AF_INET });
  const { WskBind, WskConnect, WskCloseSocket } = socket.Dispatch;
  await completion((irp) => WskBind(socket, sockaddrIn("0.0.0.0", 0), 0, irp));
  const status = await completion((irp) => WskConnect(socket, to, 0, irp));
  const close = () => completion((irp) => WskCloseSocket(socket, irp));
  return { status: ntstatusName(status), close };
}

// Everything is loaded; from now on there is room for few more.
const files: number[] = [];
try {
  for (;;) files.push(openSync("/dev/null", "r"));
} catch {
  for (const file of files.splice(-40)) closeSync(file);
}

const all = [];
for (let i = 0; i < 60; i++) all.push(await connected());
for (const { close } of all) await close();
await new Promise((later) => setTimeout(later, 50));
const again = await connected();
await again.close();
const statuses = [...new Set(all.map(({ status }) => status))];
process.stdout.write(JSON.stringify({ statuses, again: again.status }));
process.exit();
