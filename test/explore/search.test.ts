/** How runs are gone through: how many there are, by chance, again, and made smaller. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { STATUS_MORE_PROCESSING_REQUIRED, STATUS_PENDING } from "wskit";
import { assertExplored, CounterexampleFound, explore } from "wskit/explore";
import type { Program } from "wskit/explore";
import { parseReplay } from "../../explore/replay.js";
import type { Breach } from "../../monitor/index.js";
import { Monitor } from "../../monitor/index.js";
import type { TraceEvent } from "../../trace/format.js";
import { readTrace } from "../../trace/read.js";
import { temporaryFolder } from "../temp.js";
import * as right from "./right.js";
import { WRONG } from "./wrong.js";

/** So many sends, none of which is waited for. */
const sends =
  (count: number): Program =>
  (world) => {
    const socket = world.connectionSocket();
    for (let i = 0; i < count; i++) {
      const irp = world.IoAllocateIrp(1, false);
      world.IoSetCompletionRoutine(irp, () => STATUS_MORE_PROCESSING_REQUIRED, null);
      socket.Dispatch.WskSend(socket, world.wskBuf(16), 0, irp);
    }
  };

/**
 * How many runs there are: each send succeeds at once, or is pending and ends well or badly, at
 * once or at any moment after its return: as any of the calls behind it is made, or at the end.
 */
function counted(count: number, later = 0): number {
  if (count === 0) return 1;
  // Counted from the last send: what comes behind it are so many returns and completions.
  const atOnce = 3 * counted(count - 1, later + 1);
  return atOnce + 2 * (later + 1) * counted(count - 1, later + 2);
}

async function* chunks(text: string): AsyncGenerator<string> {
  yield text;
}

/** The profile that the first line of a trace names. */
const profileOf = (event: TraceEvent): { profile?: "strict" } =>
  event.event === "trace" && event.profile === "strict" ? { profile: "strict" } : {};

const endOf = (monitor: Monitor | null, lines: number): void => monitor?.end(lines);

describe("all runs are made", () => {
  test.each([
    [1, 5],
    [2, 39],
    [3, 435],
    [4, 6441],
    [5, 119_853],
  ])("of %i sends: %i", (count, runs) => {
    expect(counted(count)).toBe(runs);
    const exploration = explore(sends(count), { faults: 0 });
    expect(exploration).toMatchObject({ runs, exhaustive: true, counterexample: null });
    const { outcomes, orders } = exploration.coverage;
    expect(outcomes.seen).toBe(5);
    expect([orders.seen, orders.possible]).toEqual([count * (count - 1), count * (count - 1)]);
  });

  test("one send has every outcome of its contract, before and after the return", () => {
    const { runs, exhaustive, coverage } = explore(sends(1), { lateFailures: true });
    // 5 ordinary ends, 9 rare ones, and a reset by the peer while it is pending: of both kinds.
    expect([runs, exhaustive]).toEqual([5 + 9 + 2, true]);
    expect(coverage.outcomes).toMatchObject({ seen: 14, possible: 14 });
    // As everybody expects it, a call that fails has completed its IRP by then.
    expect(explore(sends(1))).toMatchObject({ runs: 5 + 3 + 2, exhaustive: true });
  });

  test("cancelling, timing out and resets are seen", () => {
    const { coverage, exhaustive } = explore(right.cancelling);
    expect(exhaustive).toBe(true);
    expect(Object.keys(coverage.events)).toEqual([
      "a wait timed out",
      "cancelled at once",
      "cancelled later",
      "cancelled too late",
      "reset by the peer",
    ]);
  });

  test("one overlapped send has every code of its contract", () => {
    const { coverage, exhaustive } = explore(right.polling);
    expect(exhaustive).toBe(true);
    const names = Object.keys(coverage.outcomes.counts).map((name) => name.split(/[:,] */)[1]);
    expect(new Set(names)).toContain("WSAENOBUFS");
    expect(coverage.outcomes.seen).toBe(coverage.outcomes.possible);
  });
});

describe("what rules cannot see is judged once", () => {
  const programs = { ...right, two: sends(2), asynchronous: right.asynchronous(2) };
  const { waitFor: _, waitIfPending: __, EVERY_CALL, ...rest } = programs;
  const all = { ...rest, ...EVERY_CALL };
  test.each(Object.entries(all))("%s", (_name, program) => {
    const options = { faults: 1 };
    const each = explore(program, { ...options, judgeEach: true });
    expect(explore(program, options)).toEqual(each);
  });

  test.each(WRONG)("$what", ({ program, options }) => {
    const each = explore(program, { ...options, judgeEach: true });
    const { counterexample } = explore(program, options);
    expect(counterexample?.breaches[0]?.rule).toBe(each.counterexample?.breaches[0]?.rule);
  });
});

describe("by chance", () => {
  test("one seed, one exploration", () => {
    const options = { runs: 500, seed: 7 };
    const program = right.asynchronous(7);
    const once = explore(program, options);
    expect(once).toMatchObject({ exhaustive: false, exhaustiveTo: -1, counterexample: null });
    expect(explore(program, options)).toEqual(once);
    expect(explore(program, { ...options, seed: 8 })).not.toEqual(once);
    expect(once.coverage.outcomes.seen).toBe(once.coverage.outcomes.possible);
    expect(once.coverage.orders.seen).toBeGreaterThan(20);
  });

  test("a mistake that shows in few runs of many sends is found", () => {
    const program: Program = (world) => {
      const ends: number[] = [];
      const socket = world.connectionSocket();
      for (let i = 0; i < 7; i++) {
        const irp = world.IoAllocateIrp(1, false);
        const routine = (): number => {
          ends.push(i);
          if (ends.join("") === "53") throw new Error("in the wrong order");
          return STATUS_MORE_PROCESSING_REQUIRED;
        };
        world.IoSetCompletionRoutine(irp, routine, null);
        if (socket.Dispatch.WskSend(socket, world.wskBuf(16), 0, irp) !== STATUS_PENDING) return;
      }
    };
    const { counterexample } = explore(program, { runs: 30_000 });
    expect(counterexample?.failure?.message).toBe("the program threw Error: in the wrong order");
  });
});

describe("a counterexample", () => {
  test.each(WRONG)("is made again by its replay: $what", ({ program, options }) => {
    const { counterexample } = explore(program, options);
    const { replay = "" } = counterexample ?? {};
    const again = explore(program, { ...options, replay });
    expect(again).toMatchObject({ runs: 1, hasDiverged: false });
    expect(again.counterexample).toEqual(counterexample);
  });

  test.each(WRONG)("is judged the same as a trace: $what", async ({ program, options }) => {
    const { counterexample } = explore(program, options);
    const { trace = "", breaches: expected = [] } = counterexample ?? {};
    const found: Breach[] = [];
    let monitor: Monitor | null = null;
    const lines = await readTrace(chunks(trace), {
      name: "trace",
      see: (line, event) => {
        monitor ??= new Monitor(profileOf(event), (breach) => found.push(breach));
        monitor.see(line, event);
      },
    });
    endOf(monitor, lines);
    const least = options?.strength ?? "must";
    const counting = found.filter(({ strength }) => strength === "must" || strength === least);
    expect(counting).toEqual(expected);
  });

  test("is judged the same by the command", () => {
    const { program, by } = WRONG[0] ?? { program: sends(1), by: "" };
    const { counterexample } = explore(program);
    const file = join(temporaryFolder(), "trace.ndjson");
    writeFileSync(file, counterexample?.trace ?? "");
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const args = ["--import", "tsx", join(root, "cli/main.ts"), "check", "--format", "json", file];
    const run = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    expect(run.status).toBe(1);
    expect(run.stdout).toContain(`"rule":"${by}"`);
    expect(run.stdout.match(/"rule":/g)).toHaveLength(counterexample?.breaches.length ?? 0);
  });

  test("is as small as can be", () => {
    const program: Program = (world) => {
      let failed = 0;
      const socket = world.connectionSocket();
      for (let i = 0; i < 4; i++) {
        const irp = world.IoAllocateIrp(1, false);
        const routine = (_DeviceObject: null, { IoStatus }: { IoStatus: { Status: number } }) => {
          if (IoStatus.Status < 0) failed += 1;
          if (failed === 2) throw new Error("two have failed");
          return STATUS_MORE_PROCESSING_REQUIRED;
        };
        world.IoSetCompletionRoutine(irp, routine, null);
        socket.Dispatch.WskSend(socket, world.wskBuf(16), 0, irp);
      }
    };
    const { counterexample } = explore(program, { faults: 0 });
    const { choices } = parseReplay(counterexample?.replay ?? "");
    expect(choices.filter((choice) => choice > 0)).toHaveLength(2);
  });

  test("of another program has diverged", () => {
    const { counterexample } = explore(WRONG[0]?.program ?? sends(1));
    const { replay = "" } = counterexample ?? {};
    expect(explore(right.polling, { replay }).hasDiverged).toBe(true);
    expect(() => explore(right.polling, { replay: "w0.1.0.a" })).toThrow(RangeError);
  });

  test("is thrown with all that there is to know", () => {
    const program = WRONG.find(({ by }) => by === "WskSend/pending-is-open")?.program ?? sends(1);
    expect(() => assertExplored(program)).toThrow(CounterexampleFound);
    const { counterexample } = explore(program);
    const { timeline = "", trace = "", replay = "" } = counterexample ?? {};
    expect(timeline).toMatchInlineSnapshot(`
      "  | program                    | sock:1 | mdl:1 | irp:1
      --+----------------------------+--------+-------+--------------------------
      6 | WskSend #1 called          | in #1  | in #1 | in #1
      7 | #1 returned STATUS_PENDING |        |       |
      8 |                            |        |       | read IoStatus.Information
      ! 8: Irp.IoStatus.Information (irp:1): expected the completion before IoStatus is read, received a read [WskSend/pending-is-open]
          Ask for STATUS_PENDING before NT_SUCCESS, which holds for it, and wait.
      "
    `);
    for (const text of [timeline, trace, replay]) {
      expect(() => assertExplored(program)).toThrow(text);
    }
    expect(assertExplored(right.synchronous).exhaustive).toBe(true);
  });
});

describe("a program is held to what makes runs comparable", () => {
  test("chance of its own", () => {
    let turn = 0;
    const program: Program = (world) => {
      turn += 1;
      sends((turn % 2) + 1)(world);
    };
    expect(explore(program).counterexample?.failure?.kind).toBe("unstable");
  });

  test("async functions", () => {
    const program: Program = async () => undefined;
    const { counterexample } = explore(program);
    expect(counterexample?.failure?.message).toContain("no async function");
  });

  test("options that make no sense", () => {
    expect(() => explore(sends(1), { runs: -1 })).toThrow(RangeError);
    expect(() => explore(sends(1), { faults: 0.5 })).toThrow(RangeError);
  });
});
