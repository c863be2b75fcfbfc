/** Receiving over connections: order, ends, modes, backpressure, cancellation, callbacks. */
import { describe, expect, test } from "vitest";
import type { NTSTATUS } from "wskit";
import {
  CallRefused, STATUS_ACCESS_VIOLATION, STATUS_CANCELLED, STATUS_CONNECTION_RESET, STATUS_DATA_NOT_ACCEPTED,
  STATUS_FILE_FORCED_CLOSED, STATUS_INVALID_DEVICE_STATE, STATUS_INVALID_PARAMETER, STATUS_NOT_SUPPORTED,
  STATUS_PENDING, STATUS_SUCCESS, WSK_EVENT_DISCONNECT, WSK_EVENT_RECEIVE, WSK_FLAG_ABORTIVE, WSK_FLAG_DRAIN,
  WSK_FLAG_WAITALL,
} from "wskit"; // prettier-ignore
import type { PWSK_DATA_INDICATION } from "wskit/runtime";
import {
  awaitableIrp, IoCancelIrp, isMdlInUse, LIFETIME_RULES, setRoutineErrorHandler, wskBuf,
} from "wskit/runtime"; // prettier-ignore
import { complete, pattern, sha256 } from "../peers.js";
import {
  disconnect, events, Host, NETWORKS, receive, receiving, send, settle, until,
} from "./host.js"; // prettier-ignore

/** All that an indication describes. */
function bytesOf(list: PWSK_DATA_INDICATION | null): string {
  let bytes = "";
  for (let item = list; item !== null; item = item.Next) {
    const { Mdl, Offset, Length } = item.Buffer;
    if (Mdl === null) continue;
    bytes += String(Buffer.from(Mdl.MappedSystemVa.subarray(Offset, Offset + Number(Length))));
  }
  return bytes;
}

describe.each(NETWORKS)("over %s", (_, network) => {
  test("what is there is received at once, as far as there is room, the rest next time", async () => {
    const { client, server } = await (await Host.start(network())).pair();
    await send(client, "hello world");
    await settle();
    const first = await receive(server, 5);
    expect([first.returned, first.block, first.text]).toEqual([
      STATUS_SUCCESS, { Status: STATUS_SUCCESS, Information: 5 }, "hello",
    ]); // prettier-ignore
    expect((await receive(server, 100)).text).toBe(" world");
  });

  test("receives wait in their order, in pieces of memory, and hold it until they are complete", async () => {
    const { client, server } = await (await Host.start(network())).pair();
    const memory = [new Uint8Array(2), new Uint8Array(3)] as const;
    const buffer = wskBuf(...memory);
    const one = awaitableIrp();
    expect(server.Dispatch.WskReceive(server, buffer, 0, one.irp)).toBe(STATUS_PENDING);
    const two = receiving(server, new Uint8Array(4), WSK_FLAG_WAITALL);
    const { Mdl } = buffer;
    expect(Mdl !== null && isMdlInUse(Mdl)).toBe(true);
    await send(client, "abcdefghi");
    expect(await one.completion).toEqual({ Status: STATUS_SUCCESS, Information: 5 });
    expect(await two.completion).toEqual({ Status: STATUS_SUCCESS, Information: 4 });
    expect(String(Buffer.concat(memory))).toBe("abcde");
    expect(Mdl !== null && isMdlInUse(Mdl)).toBe(false);
  });

  test("WSK_FLAG_WAITALL fills the buffer, or ends with what has come", async () => {
    const { client, server } = await (await Host.start(network())).pair();
    const memory = new Uint8Array(6);
    const all = receiving(server, memory, WSK_FLAG_WAITALL);
    let isDone = false;
    void all.completion.then(() => (isDone = true));
    await send(client, "abc");
    await settle();
    expect(isDone).toBe(false);
    await send(client, "defgh");
    expect((await all.completion).Information).toBe(6);
    expect(String(Buffer.from(memory))).toBe("abcdef");
    const rest = receiving(server, new Uint8Array(100), WSK_FLAG_WAITALL);
    await disconnect(client);
    expect(await rest.completion).toEqual({ Status: STATUS_SUCCESS, Information: 2 });
    expect((await receive(server, 10, WSK_FLAG_WAITALL)).block).toEqual({
      Status: STATUS_SUCCESS,
      Information: 0,
    });
  });

  test("WSK_FLAG_DRAIN throws everything away until the end", async () => {
    const { client, server } = await (await Host.start(network())).pair();
    await send(client, pattern(1000));
    await settle();
    const drain = receiving(server, new Uint8Array(0), WSK_FLAG_DRAIN);
    await send(client, pattern(300_000));
    await disconnect(client);
    expect(await drain.completion).toEqual({ Status: STATUS_SUCCESS, Information: 0 });
  });

  test("half a connection goes on, each way", async () => {
    const { client, server } = await (await Host.start(network())).pair();
    await send(client, "bye");
    await disconnect(client);
    expect((await receive(server, 10)).text).toBe("bye");
    expect((await receive(server, 10)).block).toEqual({ Status: STATUS_SUCCESS, Information: 0 });
    expect((await send(server, "still here")).block.Information).toBe(10);
    expect((await receive(client, 20)).text).toBe("still here");
    await disconnect(server);
    expect((await receive(client, 20)).block).toEqual({ Status: STATUS_SUCCESS, Information: 0 });
  });

  test("64 MB wait at the sender while nobody receives, and arrive whole", async () => {
    const { client, server } = await (await Host.start(network())).pair();
    const data = pattern(64 * 1024 * 1024);
    const { irp, completion } = awaitableIrp();
    expect(client.Dispatch.WskSend(client, wskBuf(data), 0, irp)).toBe(STATUS_PENDING);
    let isSent = false;
    void completion.then(() => (isSent = true));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(isSent).toBe(false);
    const first = await receive(server, 1024 * 1024);
    // What waits here is bounded: the rest is the kernel's, and the sender's.
    expect(Number(first.block.Information)).toBeLessThan(256 * 1024);
    const rest = new Uint8Array(data.length - Number(first.block.Information));
    const all = awaitableIrp();
    server.Dispatch.WskReceive(server, wskBuf(rest), WSK_FLAG_WAITALL, all.irp);
    expect((await all.completion).Information).toBe(rest.length);
    expect((await completion).Information).toBe(data.length);
    expect(sha256(first.memory, rest)).toBe(sha256(data));
  }, 60_000);

  test("a receive that is cancelled ends, and loses nothing", async () => {
    const { client, server } = await (await Host.start(network())).pair();
    const all = receiving(server, new Uint8Array(10), WSK_FLAG_WAITALL);
    const second = receiving(server, new Uint8Array(10));
    const third = receiving(server, new Uint8Array(20));
    await send(client, "abc");
    await settle();
    expect(IoCancelIrp(second.irp)).toBe(true);
    expect(await second.completion).toEqual({ Status: STATUS_CANCELLED, Information: 0 });
    expect(IoCancelIrp(all.irp)).toBe(true);
    expect(await all.completion).toEqual({ Status: STATUS_CANCELLED, Information: 0 });
    expect(await third.completion).toEqual({ Status: STATUS_SUCCESS, Information: 3 });
    expect(IoCancelIrp(third.irp)).toBe(false);
  });

  test("a reset ends the receives that wait, and forbids later ones", async () => {
    const { client, server } = await (await Host.start(network())).pair();
    const waits = [receiving(server, new Uint8Array(1)), receiving(server, new Uint8Array(1))];
    await disconnect(client, WSK_FLAG_ABORTIVE);
    for (const { completion } of waits) {
      expect(await completion).toEqual({ Status: STATUS_CONNECTION_RESET, Information: 0 });
    }
    expect((await receive(server, 1)).returned).toBe(STATUS_FILE_FORCED_CLOSED);
    // This side's own abortive disconnect forbids them as well.
    expect((await receive(client, 1)).returned).toBe(STATUS_FILE_FORCED_CLOSED);
  });

  test("an abortive disconnect ends the receives of its own side", async () => {
    const { client, server } = await (await Host.start(network())).pair();
    const wait = receiving(server, new Uint8Array(1));
    await disconnect(server, WSK_FLAG_ABORTIVE);
    expect(await wait.completion).toEqual({ Status: STATUS_CANCELLED, Information: 0 });
    expect((await receive(client, 1)).block.Status).toBe(STATUS_CONNECTION_RESET);
  });

  test("memory that goes while a receive waits fails it, and the data is the next one's", async () => {
    const { client, server } = await (await Host.start(network())).pair();
    const memory = new Uint8Array(8);
    const wait = receiving(server, memory);
    structuredClone(memory.buffer, { transfer: [memory.buffer] });
    await send(client, "kept");
    expect(await wait.completion).toEqual({ Status: STATUS_ACCESS_VIOLATION, Information: 0 });
    expect((await receive(server, 10)).text).toBe("kept");
  });

  test.each(["more comes", "it is cancelled", "the peer ends"])("memory that goes while a receive waits for all of it, until %s: nothing is lost", async (until_) => {
    const { client, server } = await (await Host.start(network())).pair();
    const memory = new Uint8Array(8);
    const wait = receiving(server, memory, WSK_FLAG_WAITALL);
    for (const part of ["ke", "p"]) {
      await send(client, part);
      await settle();
    }
    structuredClone(memory.buffer, { transfer: [memory.buffer] });
    const isCancelled = until_ === "it is cancelled";
    if (isCancelled) IoCancelIrp(wait.irp);
    else if (until_ === "the peer ends") await disconnect(client);
    if (until_ !== "the peer ends") await send(client, "t");
    const Status = isCancelled ? STATUS_CANCELLED : STATUS_ACCESS_VIOLATION;
    expect(await wait.completion).toEqual({ Status, Information: 0 });
    await settle();
    expect((await receive(server, 10)).text).toBe(until_ === "the peer ends" ? "kep" : "kept");
  }); // prettier-ignore

  test("flags that nobody knows, and those that exclude each other", async () => {
    const { server } = await (await Host.start(network())).pair();
    expect((await receive(server, 1, 0x8)).returned).toBe(STATUS_NOT_SUPPORTED);
    const both = WSK_FLAG_DRAIN | WSK_FLAG_WAITALL;
    expect((await receive(server, 0, both)).returned).toBe(STATUS_INVALID_PARAMETER);
    const { irp } = awaitableIrp();
    const { WskReceive } = server.Dispatch;
    expect(() => WskReceive(server, wskBuf(pattern(1)), WSK_FLAG_DRAIN, irp)).toThrow(CallRefused);
    expect(() => WskReceive(server, { Mdl: null, Offset: 0, Length: 1 }, 0, irp)).toThrow("Buffer");
    expect(irp.owner).toBe("caller");
  });

  test("an unconnected socket receives nothing", async () => {
    const host = await Host.start(network());
    expect((await receive(await host.bound(), 1)).returned).toBe(STATUS_INVALID_DEVICE_STATE);
  });

  test("WskReceiveEx says that there is no control information", async () => {
    const { client, server } = await (await Host.start(network())).pair();
    await send(client, "x");
    const length = { value: 64 };
    const memory = new Uint8Array(1);
    const { block } = await complete((irp) =>
      server.Dispatch.WskReceiveEx(server, wskBuf(memory), 0, length, null, null, irp),
    );
    expect([block.Information, length.value, memory[0]]).toEqual([1, 0, 0x78]);
  });
});

describe.each(NETWORKS)("callbacks over %s", (_, network) => {
  test("data is indicated with the context; accepted data is gone", async () => {
    const host = await Host.start(network());
    const heard: unknown[] = [];
    const { client, server } = await host.pair({}, {
      WskReceiveEvent: (context, flags, list, bytes) => {
        heard.push([context, flags, bytesOf(list), bytes]);
        return STATUS_SUCCESS;
      },
    }); // prettier-ignore
    await send(client, "before");
    await settle();
    expect(heard).toEqual([]);
    expect(events(server, WSK_EVENT_RECEIVE)).toBe(STATUS_SUCCESS);
    await until(() => heard.length === 1);
    await send(client, "after");
    await until(() => heard.length === 2);
    expect(heard).toEqual([
      ["server", 0, "before", 6],
      ["server", 0, "after", 5],
    ]);
  });

  test("a receive that waits goes before the callback, and takes its share", async () => {
    const host = await Host.start(network());
    const heard: string[] = [];
    const { client, server } = await host.pair({}, {
      WskReceiveEvent: (_context, _flags, list) => {
        heard.push(bytesOf(list));
        return STATUS_SUCCESS;
      },
    }); // prettier-ignore
    events(server, WSK_EVENT_RECEIVE);
    const wait = receiving(server, new Uint8Array(3));
    await send(client, "abcdef");
    expect((await wait.completion).Information).toBe(3);
    await until(() => heard.length === 1);
    expect(heard).toEqual(["def"]);
  });

  test("not accepted, and accepted in part: the callback rests until WskReceive", async () => {
    const host = await Host.start(network());
    const heard: string[] = [];
    const answers: (NTSTATUS | number)[] = [STATUS_DATA_NOT_ACCEPTED, 2, STATUS_SUCCESS];
    const { client, server } = await host.pair({}, {
      WskReceiveEvent: (_context, _flags, list, _bytes, accepted) => {
        heard.push(bytesOf(list));
        const answer = answers[heard.length - 1] ?? STATUS_SUCCESS;
        if (answer !== 2) return answer;
        accepted.value = 2;
        return STATUS_SUCCESS;
      },
    }); // prettier-ignore
    events(server, WSK_EVENT_RECEIVE);
    await send(client, "abcdef");
    await until(() => heard.length === 1);
    await send(client, "g");
    await settle();
    expect(heard).toEqual(["abcdef"]);
    const nothing = await receive(server, 0);
    expect([nothing.returned, nothing.block.Information]).toEqual([STATUS_SUCCESS, 0]);
    await until(() => heard.length === 2);
    await settle();
    expect(heard[1]).toBe("abcdefg");
    expect((await receive(server, 1)).text).toBe("c");
    await until(() => heard.length === 3);
    expect(heard[2]).toBe("defg");
  });

  test("retained data counts for the window, and a socket is not closed over it", async () => {
    const host = await Host.start(network());
    const kept: PWSK_DATA_INDICATION[] = [];
    let bytes = 0;
    const { client, server } = await host.pair({}, {
      WskReceiveEvent: (_context, _flags, list, indicated) => {
        if (list !== null) kept.push(list);
        bytes += indicated;
        return STATUS_PENDING;
      },
    }); // prettier-ignore
    events(server, WSK_EVENT_RECEIVE);
    const data = pattern(32 * 1024 * 1024);
    const sent = send(client, data);
    await settle();
    const held = bytes;
    await settle();
    expect([bytes, held < 1024 * 1024]).toEqual([held, true]);
    const { WskRelease, WskCloseSocket } = server.Dispatch;
    const close = awaitableIrp();
    const rule = LIFETIME_RULES["socket-indication-retained"];
    expect(() => WskCloseSocket(server, close.irp)).toThrow(rule);
    const [first] = kept as [PWSK_DATA_INDICATION];
    while (bytes < data.length || kept.length > 0) {
      const list = kept.shift();
      if (list === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
      else expect(WskRelease(server, list)).toBe(STATUS_SUCCESS);
    }
    expect(WskRelease(server, first)).toBe(STATUS_INVALID_PARAMETER);
    expect((await sent).block.Information).toBe(data.length);
  }, 30_000);

  test("the end comes behind the data, once; a reset at once, as such", async () => {
    const host = await Host.start(network());
    const heard: unknown[] = [];
    const watch = {
      WskReceiveEvent: (): NTSTATUS => STATUS_DATA_NOT_ACCEPTED,
      WskDisconnectEvent: (context: unknown, flags: number): NTSTATUS => {
        heard.push([context, flags]);
        return STATUS_SUCCESS;
      },
    };
    const one = await host.pair({}, watch);
    events(one.server, WSK_EVENT_RECEIVE | WSK_EVENT_DISCONNECT);
    await send(one.client, "last words");
    await disconnect(one.client);
    await settle();
    expect(heard).toEqual([]);
    expect((await receive(one.server, 100)).text).toBe("last words");
    await until(() => heard.length === 1);
    expect(heard).toEqual([["server", 0]]);
    const two = await host.pair({}, watch);
    await disconnect(two.client, WSK_FLAG_ABORTIVE);
    await settle();
    expect(heard).toHaveLength(1);
    // Switched on later, it still tells.
    events(two.server, WSK_EVENT_DISCONNECT);
    await until(() => heard.length === 2);
    expect(heard[1]).toEqual(["server", WSK_FLAG_ABORTIVE]);
  });

  test("a callback that throws or answers nonsense is reported, and loses no data", async () => {
    const host = await Host.start(network());
    const errors: unknown[] = [];
    const before = setRoutineErrorHandler((error) => errors.push(error));
    let calls = 0;
    const { client, server } = await host.pair({}, {
      WskReceiveEvent: () => {
        calls += 1;
        if (calls === 1) throw new Error("oops");
        return STATUS_CANCELLED;
      },
    }); // prettier-ignore
    events(server, WSK_EVENT_RECEIVE);
    await send(client, "kept");
    await until(() => calls === 1);
    await receive(server, 0);
    await until(() => calls === 2);
    expect((await receive(server, 10)).text).toBe("kept");
    expect(String(errors[0])).toContain("oops");
    expect(String(errors[1])).toContain("event-result");
    setRoutineErrorHandler(before);
  });

  test("calls inside a callback: a receive waits for it, a close lets it return first", async () => {
    const host = await Host.start(network());
    const order: string[] = [];
    const { client, server } = await host.pair({}, {
      WskReceiveEvent: () => {
        const inner = receiving(server, new Uint8Array(10));
        void inner.completion.then(({ Information }) => order.push(`received ${Information}`));
        const close = awaitableIrp();
        queueMicrotask(() => order.push("returned"));
        if (order.length > 0) return STATUS_SUCCESS;
        order.push("called");
        expect(close.irp.owner).toBe("caller");
        return STATUS_DATA_NOT_ACCEPTED;
      },
    }); // prettier-ignore
    events(server, WSK_EVENT_RECEIVE);
    await send(client, "abc");
    await until(() => order.length === 3);
    expect(order).toEqual(["called", "returned", "received 3"]);
    const closing = await host.pair({}, {
      WskReceiveEvent: () => {
        host.disown(closing.server);
        const close = awaitableIrp();
        const { WskCloseSocket } = closing.server.Dispatch;
        expect(WskCloseSocket(closing.server, close.irp)).toBe(STATUS_PENDING);
        void close.completion.then(() => order.push("closed"));
        expect(close.irp.owner).toBe("wsk");
        order.push("callback");
        return STATUS_SUCCESS;
      },
    }); // prettier-ignore
    events(closing.server, WSK_EVENT_RECEIVE);
    await send(closing.client, "abc");
    await until(() => order.length === 5);
    expect(order.slice(3)).toEqual(["callback", "closed"]);
  });
});
