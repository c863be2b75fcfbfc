/** IRPs and MDLs: one owner at a time, completed exactly once, held while in use. */
import { afterEach, describe, expect, test } from "vitest";
import {
  STATUS_CANCELLED,
  STATUS_MORE_PROCESSING_REQUIRED,
  STATUS_PENDING,
  STATUS_SUCCESS,
  WSK_FLAG_NODELAY,
} from "wskit";
import type { NTSTATUS } from "wskit";
import type { Irp, LifetimeRule } from "wskit/runtime";
import {
  awaitableIrp, CONTRACT_RULES, IoAllocateIrp, IoAllocateMdl, IoCancelIrp, IoCompleteRequest,
  IoFreeIrp, IoFreeMdl,
  IoMarkIrpPending, IoReuseIrp, IoSetCompletionRoutine, isMdlInUse, LIFETIME_RULES,
  MmProbeAndLockPages, MmUnlockPages, passDown, RuntimeViolation, setRoutineErrorHandler, wskBuf,
} from "wskit/runtime"; // prettier-ignore
import { closeSocket, connected, pattern, tcpPeer, uncaught } from "./peers.js";

const seen = new Set<string>();

function breaks(rule: LifetimeRule, act: () => unknown): void {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(RuntimeViolation);
    expect((error as RuntimeViolation).rule).toBe(rule);
    expect((error as RuntimeViolation).message).toContain(LIFETIME_RULES[rule]);
    expect((error as RuntimeViolation).contract).toBe(
      new Map(Object.entries(CONTRACT_RULES)).get(rule) ?? null,
    );
    seen.add(rule);
    return;
  }
  expect.unreachable(`${rule} was not noticed`);
}

const done = () => STATUS_MORE_PROCESSING_REQUIRED;
const empty = { Mdl: null, Offset: 0, Length: 0 };

afterEach(() => {
  setRoutineErrorHandler(null);
});

async function pending() {
  const peer = await tcpPeer({ paused: true });
  const socket = await connected(peer);
  const mdl = IoAllocateMdl(pattern(16 * 1024 * 1024));
  MmProbeAndLockPages(mdl);
  const { irp, completion } = awaitableIrp();
  const send = () =>
    socket.Dispatch.WskSend(socket, { Mdl: mdl, Offset: 0, Length: mdl.ByteCount }, 0, irp);
  expect(send()).toBe(STATUS_PENDING);
  return { peer, socket, mdl, irp, completion, send };
}

test("while a send is pending, its IRP and MDL belong to WSK", async () => {
  const { peer, mdl, irp, completion, send } = await pending();
  expect([irp.IoStatus.Status, irp.CurrentLocation]).toEqual([STATUS_PENDING, 1]);
  expect(send).toThrow("WskSend/irp-not-outstanding");
  breaks("irp-in-use", () => irp.take("WskSend"));
  breaks("irp-in-use", () => IoReuseIrp(irp, STATUS_SUCCESS));
  breaks("irp-in-use", () => IoFreeIrp(irp));
  breaks("irp-in-use", () => IoSetCompletionRoutine(irp, done, null));
  breaks("mdl-in-use", () => MmUnlockPages(mdl));
  breaks("mdl-in-use", () => IoFreeMdl(mdl));
  (await peer.socket).resume();
  await completion;
  MmUnlockPages(mdl);
  IoFreeMdl(mdl);
  breaks("irp-completed-twice", () => irp.complete(STATUS_SUCCESS, 0));
  breaks("irp-not-reused", () => irp.take("WskSend"));
  IoReuseIrp(irp, STATUS_SUCCESS);
  IoFreeIrp(irp);
  breaks("irp-freed", () => IoReuseIrp(irp, STATUS_SUCCESS));
});

describe("an IRP that is not ready", () => {
  test("is refused: without a routine, with half a routine, made by hand", async () => {
    const socket = await connected(await tcpPeer());
    const { WskSend } = socket.Dispatch;
    const irp = IoAllocateIrp(1);
    breaks("irp-no-routine", () => WskSend(socket, empty, 0, irp));
    IoSetCompletionRoutine(irp, done, null, true, false, true);
    breaks("irp-no-routine", () => WskSend(socket, empty, 0, irp));
    const byHand = { ...irp, IoStatus: { Status: 0, Information: 0 } };
    breaks("irp-not-allocated", () => WskSend(socket, empty, 0, byHand));
    IoSetCompletionRoutine(irp, done, null);
    expect(WskSend(socket, empty, 0, irp)).toBe(STATUS_SUCCESS);
  });

  test.each([0, -1, 1.5, 127, Number.NaN])("is not allocated with a stack of %s", (size) => {
    expect(() => IoAllocateIrp(size)).toThrow("expected a stack size from 1 to 126");
  });
});

test("a socket's functions serve that socket only", async () => {
  const a = await connected(await tcpPeer());
  const b = await connected(await tcpPeer());
  breaks("socket-wrong-table", () => a.Dispatch.WskSend(b, empty, 0, awaitableIrp().irp));
});

test("a completion routine that throws or answers wrongly is reported, and stops nothing", async () => {
  const errors: unknown[] = [];
  setRoutineErrorHandler((error) => errors.push(error));
  const socket = await connected(await tcpPeer());
  const send = (routine: () => number): number => {
    const irp = IoAllocateIrp(1);
    IoSetCompletionRoutine(irp, routine, null);
    return socket.Dispatch.WskSend(socket, empty, 0, irp);
  };
  const boom = () => {
    throw new Error("boom");
  };
  expect([send(boom), send(() => STATUS_SUCCESS), send(done)]).toEqual([0, 0, 0]);
  expect(errors.map(String)).toEqual([
    "Error: boom",
    expect.stringContaining(LIFETIME_RULES["irp-routine-result"]),
  ]);
  seen.add("irp-routine-result");
});

test("a handler that throws as well stops nothing: all complete, and all errors come later", async () => {
  setRoutineErrorHandler((error) => {
    throw error;
  });
  const errors = uncaught();
  const socket = await connected(await tcpPeer({ paused: true }));
  const buffer = wskBuf(pattern(16 * 1024 * 1024));
  const irps = [1, 2, 3, 4].map((n) => {
    const irp = IoAllocateIrp(1);
    const boom = () => {
      throw new Error(`boom ${n}`);
    };
    IoSetCompletionRoutine(irp, boom, null);
    expect(socket.Dispatch.WskSend(socket, buffer, 0, irp)).toBe(STATUS_PENDING);
    return irp;
  });
  closeSocket(socket);
  expect(irps.map((irp) => [irp.owner, irp.IoStatus.Status])).toEqual(
    irps.map(() => ["completed", STATUS_CANCELLED]),
  );
  expect(isMdlInUse(buffer.Mdl ?? expect.unreachable())).toBe(false);
  await new Promise((resolve) => setImmediate(resolve));
  expect(errors.map(String)).toEqual([1, 2, 3, 4].map((n) => `Error: boom ${n}`));
});

test("deeper than 16 routines a send is pending, and its IRP stays WSK's until its routine ran", async () => {
  const socket = await connected(await tcpPeer());
  const routines: unknown[] = [];
  const returned: NTSTATUS[] = [];
  const send = (bytes: number, routine: (device: null, irp: Irp) => void): Irp => {
    const irp = IoAllocateIrp(1);
    const more = (device: null, which: Irp) => {
      routine(device, which);
      return STATUS_MORE_PROCESSING_REQUIRED;
    };
    IoSetCompletionRoutine(irp, more, null);
    returned.push(socket.Dispatch.WskSend(socket, wskBuf(pattern(bytes)), WSK_FLAG_NODELAY, irp));
    return irp;
  };
  const note = (_: null, { owner, IoStatus }: Irp): void => {
    routines.push([owner, IoStatus.Information]);
  };
  const deeper = (depth: number) => (): void => {
    if (depth < 16) {
      send(1, deeper(depth + 1));
      // What comes later has to wait as well, because something waits before it.
      if (depth === 15) send(20, note);
      return;
    }
    for (const bytes of [17, 18, 19]) {
      const irp = send(bytes, note);
      expect(() => socket.Dispatch.WskSend(socket, empty, 0, irp)).toThrow("irp-not-outstanding");
      breaks("irp-in-use", () => IoReuseIrp(irp, STATUS_SUCCESS));
      breaks("irp-completed-twice", () => irp.complete(STATUS_SUCCESS, 0));
    }
  };
  send(1, deeper(1));
  expect(routines).toEqual([17, 18, 19, 20].map((bytes) => ["completed", bytes]));
  expect(returned).toEqual([
    ...Array<NTSTATUS>(3).fill(STATUS_PENDING),
    STATUS_SUCCESS,
    STATUS_PENDING,
    ...Array<NTSTATUS>(15).fill(STATUS_SUCCESS),
  ]);
});

test("IoReuseIrp makes an IRP as good as new", async () => {
  const socket = await connected(await tcpPeer());
  const { irp } = awaitableIrp();
  socket.Dispatch.WskSend(socket, wskBuf(pattern(3)), 0, irp);
  irp.Cancel = true;
  irp.PendingReturned = true;
  irp.CurrentLocation = 1;
  IoReuseIrp(irp, STATUS_CANCELLED);
  expect(irp).toMatchObject({
    ...IoAllocateIrp(1),
    IoStatus: { Status: STATUS_CANCELLED, Information: 0 },
  });
  breaks("irp-no-routine", () => socket.Dispatch.WskSend(socket, empty, 0, irp));
});

test("an MDL that two sends use is in use until both have completed", async () => {
  const peer = await tcpPeer({ paused: true });
  const socket = await connected(peer);
  const buffer = wskBuf(pattern(16 * 1024 * 1024));
  const inUse: boolean[] = [];
  const sends = [1, 2].map(() => {
    const irp = IoAllocateIrp(1);
    const completed = new Promise<void>((resolve) => {
      const routine = () => {
        inUse.push(isMdlInUse(buffer.Mdl ?? expect.unreachable()));
        resolve();
        return STATUS_MORE_PROCESSING_REQUIRED;
      };
      IoSetCompletionRoutine(irp, routine, null);
    });
    expect(socket.Dispatch.WskSend(socket, buffer, 0, irp)).toBe(STATUS_PENDING);
    return completed;
  });
  (await peer.socket).resume();
  await Promise.all(sends);
  expect(inUse).toEqual([true, false]);
});

test("the routine is given the IRP and its context, and sees the final status", async () => {
  const socket = await connected(await tcpPeer());
  const irp = IoAllocateIrp(1);
  const given: unknown[] = [];
  IoSetCompletionRoutine(
    irp,
    (device, which, context) => {
      given.push(device, which === irp, context, { ...which.IoStatus });
      return STATUS_MORE_PROCESSING_REQUIRED;
    },
    "my context",
  );
  socket.Dispatch.WskSend(socket, empty, 0, irp);
  expect(given).toEqual([null, true, "my context", { Status: STATUS_SUCCESS, Information: 0 }]);
});

/** The rules of what is reported while something runs. */
async function reported(run: () => unknown): Promise<string[]> {
  const rules: string[] = [];
  const before = setRoutineErrorHandler((error) => {
    if (!(error instanceof RuntimeViolation)) throw error;
    rules.push(error.rule);
    seen.add(error.rule);
  });
  await run();
  setRoutineErrorHandler(before);
  return rules;
}

describe("an IRP of another driver", () => {
  const full = wskBuf(pattern(16 * 1024 * 1024));

  test("goes on up without a routine, with what WSK has completed it with", async () => {
    const socket = await connected(await tcpPeer());
    const request = passDown((_, irp) =>
      socket.Dispatch.WskSend(socket, wskBuf(pattern(9)), 0, irp),
    );
    expect(request.returned).toBe(STATUS_SUCCESS);
    expect(await request.completion).toEqual({ Status: STATUS_SUCCESS, Information: 9 });
    breaks("irp-completed-twice", () => IoCompleteRequest(request.irp));
  });

  test("is kept by a routine, and completed later by whoever keeps it", async () => {
    const socket = await connected(await tcpPeer());
    const request = passDown((_, irp) => {
      IoSetCompletionRoutine(irp, done, null);
      IoMarkIrpPending(irp);
      socket.Dispatch.WskSend(socket, wskBuf(pattern(9)), 0, irp);
      return STATUS_PENDING;
    });
    let isBack = false;
    void request.completion.then(() => (isBack = true));
    await new Promise((later) => setImmediate(later));
    expect([isBack, request.irp.owner]).toEqual([false, "caller"]);
    breaks("irp-not-own", () => IoFreeIrp(request.irp));
    breaks("irp-not-own", () => IoReuseIrp(request.irp, STATUS_SUCCESS));
    IoCompleteRequest(request.irp);
    expect(await request.completion).toMatchObject({ Information: 9 });
  });

  test("has its routine invoked only for the outcomes that were asked for", async () => {
    const peer = await tcpPeer({ paused: true });
    const socket = await connected(peer);
    const invoked: string[] = [];
    const send = (name: string, on: readonly [boolean, boolean, boolean]) =>
      passDown((_, irp) => {
        const routine = (): NTSTATUS => {
          invoked.push(name);
          if (irp.PendingReturned) IoMarkIrpPending(irp);
          return STATUS_SUCCESS;
        };
        IoSetCompletionRoutine(irp, routine, null, ...on);
        return socket.Dispatch.WskSend(socket, full, 0, irp);
      });
    const all = [
      send("in flight, on success", [true, false, false]),
      send("in flight, on error", [false, true, false]),
      send("cancelled, on cancel", [false, false, true]),
      send("cancelled, on success", [true, false, false]),
    ];
    expect(all.slice(2).map(({ irp }) => IoCancelIrp(irp))).toEqual([true, true]);
    expect(all.slice(0, 1).map(({ irp }) => IoCancelIrp(irp))).toEqual([false]);
    closeSocket(socket);
    const ends = await Promise.all(all.map(({ completion }) => completion));
    expect(ends.map(({ Status }) => Status)).toEqual(Array(4).fill(STATUS_CANCELLED));
    expect(invoked).toEqual(["cancelled, on cancel", "in flight, on error"]);
  });

  test("must be marked pending, and its driver returns STATUS_PENDING", async () => {
    const socket = await connected(await tcpPeer({ paused: true }));
    expect(
      await reported(async () => {
        const request = passDown((_, irp) => {
          IoSetCompletionRoutine(irp, () => STATUS_SUCCESS, null);
          socket.Dispatch.WskSend(socket, full, 0, irp);
          return STATUS_SUCCESS;
        });
        closeSocket(socket);
        expect(await request.completion).toMatchObject({ Status: STATUS_CANCELLED });
      }),
    ).toEqual(["irp-pending-not-returned", "irp-pending-not-marked"]);
  });

  test("has a location for its driver and one for WSK where no more are asked for", async () => {
    const socket = await connected(await tcpPeer());
    const { irp } = passDown(() => STATUS_PENDING);
    expect([irp.StackCount, irp.CurrentLocation]).toEqual([2, 2]);
    expect(socket.Dispatch.WskSend(socket, empty, 0, irp)).toBe(STATUS_SUCCESS);
    expect(passDown(() => STATUS_PENDING, 5).irp.CurrentLocation).toBe(5);
  });

  test("needs a stack location for WSK", async () => {
    const socket = await connected(await tcpPeer());
    const { irp } = passDown(() => STATUS_PENDING, 1);
    expect(() => socket.Dispatch.WskSend(socket, empty, 0, irp)).toThrow("CurrentLocation");
    breaks("irp-no-location", () => irp.take("WskSend"));
  });
});

test("an MDL is locked, unlocked and freed in that order, and once", () => {
  const mdl = IoAllocateMdl(pattern(1));
  breaks("mdl-not-locked", () => MmUnlockPages(mdl));
  MmProbeAndLockPages(mdl);
  breaks("mdl-still-locked", () => IoFreeMdl(mdl));
  MmUnlockPages(mdl);
  IoFreeMdl(mdl);
  breaks("mdl-freed", () => IoFreeMdl(mdl));
});

test("an MDL chain that changes while its send is pending is reported", async () => {
  const socket = await connected(await tcpPeer({ paused: true }));
  const buffer = wskBuf(pattern(16 * 1024 * 1024));
  const { irp, completion } = awaitableIrp();
  socket.Dispatch.WskSend(socket, buffer, 0, irp);
  expect(
    await reported(async () => {
      (buffer.Mdl ?? expect.unreachable()).Next = IoAllocateMdl(pattern(1));
      closeSocket(socket);
      await completion;
    }),
  ).toEqual(["mdl-changed"]);
});

test("in the profile strict, no routine calls WSK", async () => {
  const socket = await connected(await tcpPeer(), "strict");
  const irp = IoAllocateIrp(1);
  const again = (): NTSTATUS => {
    breaks("call-in-routine", () => socket.Dispatch.WskSend(socket, empty, 0, awaitableIrp().irp));
    return STATUS_MORE_PROCESSING_REQUIRED;
  };
  IoSetCompletionRoutine(irp, again, null);
  expect(socket.Dispatch.WskSend(socket, empty, 0, irp)).toBe(STATUS_SUCCESS);
  seen.add("call-in-routine");
});

test("every lifetime rule of the table is noticed somewhere above", () => {
  // Use after close stands in wsk-send.test.ts, the others in the tests of wsk.
  const elsewhere = [
    "client-not-captured",
    "client-not-registered",
    "event-result",
    "socket-closed",
    "socket-indication-retained",
  ];
  expect([...seen, ...elsewhere].sort()).toEqual(Object.keys(LIFETIME_RULES).sort());
});

test("20,000 routines that send again, each inside the one before, need no deep stack", async () => {
  const socket = await connected(await tcpPeer());
  let sent = 0;
  let deepest = 0;
  let depth = 0;
  const again = (_: null, irp: Irp): NTSTATUS => {
    depth += 1;
    deepest = Math.max(deepest, depth);
    sent += 1;
    if (sent < 20_000) {
      IoReuseIrp(irp, STATUS_SUCCESS);
      IoSetCompletionRoutine(irp, again, null);
      socket.Dispatch.WskSend(socket, empty, 0, irp);
    }
    depth -= 1;
    return STATUS_MORE_PROCESSING_REQUIRED;
  };
  const irp = IoAllocateIrp(1);
  IoSetCompletionRoutine(irp, again, null);
  socket.Dispatch.WskSend(socket, empty, 0, irp);
  expect([sent, deepest]).toEqual([20_000, 16]);
});
