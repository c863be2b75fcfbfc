/** WSK over the network in memory, delivery to a reader included. */
import { memoryNetwork } from "../../dist/runtime/index.js";
import type { ConnectionSocket } from "../../dist/runtime/index.js";
import { bufferOf, connected, tcpSender } from "./client.js";
import type { Figure } from "./rounds.js";
import { compete } from "./rounds.js";
import { sizeText } from "./tcp.js";

const PORT = 7;

/** A socket that is connected to somebody in memory, who reads or, `paused`, does not. */
export async function inMemory(paused: boolean): Promise<ConnectionSocket> {
  const network = memoryNetwork();
  await new Promise<void>((resolve) =>
    network.listen({
      at: { host: "127.0.0.1", port: PORT },
      reach: "accepted",
      listening: () => resolve(),
      accepted: (connection) => {
        if (paused) connection.pause();
        return QUIET;
      },
    }),
  );
  return connected(network, PORT);
}

const nothing = (): void => undefined;
const QUIET = {
  reached: nothing, writable: nothing, endSent: nothing, received: nothing, ended: nothing,
  failed: nothing,
}; // prettier-ignore

/** Measures how many sends a second it takes. */
export async function measureMemory(rounds: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const bytes of [64, 1024, 65_536]) {
    const sender = tcpSender(await inMemory(false), bufferOf(bytes));
    const subject = { name: "WSK", run: (times: number) => sender.run(times) };
    const name = { topic: "memory", case: sizeText(bytes) };
    const found = await compete({ ...name, subjects: [subject], slot: 3, single: true }, rounds);
    for (const f of found) {
      const rate = (ns: number): number => 1e9 / ns;
      figures.push(f, {
        ...f, unit: "sends a second", value: rate(f.value), p10: rate(f.p90), p90: rate(f.p10),
      }); // prettier-ignore
    }
  }
  return figures;
}
