/** A sink by Node, where there is no C: prints a TCP and a UDP port, reads and forgets. */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";

const server = createServer((socket) => {
  socket.resume();
  socket.on("error", () => undefined);
});
const port = createSocket("udp4");
server.listen(0, "127.0.0.1");
port.bind(0, "127.0.0.1");
await Promise.all([once(server, "listening"), once(port, "listening")]);
process.stdout.write(`${(server.address() as AddressInfo).port} ${port.address().port}\n`);
process.stdin.resume().on("end", () => process.exit());
