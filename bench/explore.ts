/** How long it takes to make all runs of one to five sends. */
import { explore } from "../dist/explore/index.js";
import type { Program } from "../dist/explore/index.js";

/** STATUS_MORE_PROCESSING_REQUIRED. */
const MORE = -1_073_741_802;

/** So many sends, whose routines free their IRPs. */
const sends =
  (count: number): Program =>
  (world) => {
    const socket = world.connectionSocket();
    for (let i = 0; i < count; i++) {
      const irp = world.IoAllocateIrp(1, false);
      const routine = (_DeviceObject: null, Irp: typeof irp): number => {
        world.IoFreeIrp(Irp);
        return MORE;
      };
      world.IoSetCompletionRoutine(irp, routine, null, true, true, true);
      socket.Dispatch.WskSend(socket, world.wskBuf(16), 0, irp);
    }
  };

/** Prints a line for each count: sends, runs, milliseconds, microseconds a run. */
export function benchExplore(): void {
  for (let count = 1; count <= 5; count++) {
    const before = performance.now();
    const { runs } = explore(sends(count), { faults: 0 });
    const took = performance.now() - before;
    const each = ((took * 1000) / runs).toFixed(1);
    process.stdout.write(`${count} sends: ${runs} runs, ${took.toFixed(0)} ms, ${each} µs each\n`);
  }
}
