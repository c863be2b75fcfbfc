/** Every outcome that a contract lists, provoked by the line that the guide has for it. */
import { describe, expect, test } from "vitest";
import * as wskit from "wskit";
import type { NTSTATUS, WSABUF, WSAOVERLAPPED, WSK_BUF, WSK_BUF_LIST } from "wskit";
import {
  AF_INET, cmsgLen, MEM_READ, NO_ERROR, SOCK_DGRAM, sockaddrIn, sockaddrIn6, STATUS_PENDING,
  STATUS_SUCCESS, WSA_FLAG_OVERLAPPED,
} from "wskit"; // prettier-ignore
import type { Irp } from "wskit/runtime";
import {
  awaitableIrp, createConnectionSocket, createDatagramSocket, FaultPlan, memoryNetwork,
  RecordingSwitch, SpiProvider, wskBuf,
} from "wskit/runtime"; // prettier-ignore
import { NAMES, PROVOKED } from "../../docs/outcomes.js";
import { isFailure } from "../../runtime/network/network.js";
import { listenOn, Recorder } from "./network/harness.js";
import { schema } from "../vectors.js";

/** A while, and many turns of the event loop: on a busy machine, a while may be a single one. */
async function turn(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise((later) => setImmediate(later));
  await new Promise((later) => setTimeout(later, 5));
}
const FEW = 10;
const MANY = 5000;

/** The names that the lines use, and what was seen of a call once it is over. */
interface Lab {
  readonly names: Readonly<Record<string, unknown>>;
  /** The codes that the caller meets, with what the last call has returned. */
  seen(returned: unknown): number[];
}

/** A network that takes a thousand bytes at once, and somebody at `there`. */
async function around() {
  const network = memoryNetwork({ capacity: 1000, window: 1000 });
  const listener = await listenOn(network, { host: "127.0.0.1", port: 0 }, {
    accepted: () => new Recorder(),
  }); // prettier-ignore
  if (isFailure(listener)) throw new Error("cannot listen");
  const there = listener.local;
  const to = sockaddrIn("127.0.0.1", there.port);
  return { network, there, to, faults: new FaultPlan(), turn };
}

const complete = async (call: (irp: Irp) => NTSTATUS): Promise<void> => {
  const { irp, completion } = awaitableIrp();
  call(irp);
  expect((await completion).Status).toBe(STATUS_SUCCESS);
};

const list = (...buffers: readonly WSK_BUF[]): WSK_BUF_LIST | null =>
  buffers.toReversed().reduce<WSK_BUF_LIST | null>((Next, Buffer) => ({ Buffer, Next }), null);

async function ofWsk(): Promise<Lab> {
  const common = await around();
  const { network, faults, to } = common;
  const any = sockaddrIn("127.0.0.1", 0);
  const connected = async (profile?: "header") => {
    const made = createConnectionSocket({ family: AF_INET, network, faults, profile });
    const { WskBind, WskConnect } = made.Dispatch;
    await complete((irp) => WskBind(made, any, 0, irp));
    await complete((irp) => WskConnect(made, to, 0, irp));
    return made;
  };
  const [socket, lenient] = [await connected(), await connected("header")];
  const datagrams = createDatagramSocket({ family: AF_INET, network, faults });
  await complete((irp) => datagrams.Dispatch.WskBind(datagrams, any, 0, irp));
  const { irp } = awaitableIrp();
  const control = new Uint8Array(cmsgLen(4, "x64") + 4);
  new DataView(control.buffer).setUint32(0, cmsgLen(4, "x64"), true);
  const names = {
    ...common, ...socket.Dispatch, ...datagrams.Dispatch, socket, lenient, datagrams, irp, control, list,
    here: { host: "127.0.0.1", port: datagrams.port },
    small: wskBuf(new Uint8Array(FEW)), large: wskBuf(new Uint8Array(MANY)),
  }; // prettier-ignore
  return { names, seen: (returned) => [Number(returned), irp.IoStatus.Status] };
}

async function ofSpi(profile: "san" | "spi"): Promise<Lab> {
  const common = await around();
  const { network, faults, to } = common;
  const upcalls = new RecordingSwitch();
  const provider = new SpiProvider({ upcalls, network, faults, profile });
  const errno = { value: NO_ERROR as number };
  const make = (type?: number) => provider.WSPSocket(AF_INET, WSA_FLAG_OVERLAPPED, errno, type);
  const [s, unconnected, d] = [make(), make(), make(SOCK_DGRAM)];
  provider.WSPConnect(s, to, errno);
  await provider.connected(s);
  provider.WSPBind(d, sockaddrIn("127.0.0.1", 5000), errno);
  await provider.bound(d);
  const memory = new Uint8Array(MANY);
  for (const socket of [s, unconnected, d]) {
    const of = { s: socket, lpBuffer: memory, dwBufferLength: MANY, dwFlags: MEM_READ };
    provider.WSPRegisterMemory(of, errno);
  }
  const buffer = (buf: Uint8Array, len: number): WSABUF => ({ buf, len });
  const overlapped: WSAOVERLAPPED = {
    Internal: 0,
    InternalHigh: 0,
    Offset: 0,
    OffsetHigh: 0,
    hEvent: 0,
  };
  errno.value = NO_ERROR;
  const names = {
    ...common, s, d, unconnected, overlapped, errno, sent: { value: 0 },
    few: buffer(memory, FEW), many: buffer(memory, MANY), nowhere: { buf: null, len: FEW },
    unregistered: buffer(new Uint8Array(FEW), FEW), oversized: buffer(new Uint8Array(70_000), 70_000),
    anywhere: sockaddrIn("0.0.0.0", 0), everybody: sockaddrIn("255.255.255.255", 9),
    ofIpv6: sockaddrIn6("::1", 9), here: { host: "127.0.0.1", port: 5000 },
  }; // prettier-ignore
  const functions = [
    "WSPSend",
    "WSPSendTo",
    "WSPSendDisconnect",
    "WSPShutdown",
    "WSPCloseSocket",
    "WSPBind",
  ] as const;
  const bound = functions.map((name) => [name, Reflect.get(provider, name).bind(provider)]);
  return {
    names: { ...names, ...Object.fromEntries(bound) },
    seen: (returned) => {
      const told = upcalls.notifications.map(({ dwError }) => dwError);
      return returned === 0 ? [NO_ERROR, ...told] : [errno.value, ...told];
    },
  };
}

/** Runs a line: its last statement is the call, whose result comes back. */
function run(line: string, names: Readonly<Record<string, unknown>>): Promise<unknown> {
  const statements = line.split("; ");
  const call = statements.pop() ?? "";
  const text = `return (async () => { ${statements.map((s) => `${s};`).join(" ")} return ${call}; })()`;
  const scope = { ...wskit, ...names };
  // The lines are the guide's own.
  return Function(...Object.keys(scope), text)(...Object.values(scope)) as Promise<unknown>;
}

const labOf = (call: string): Promise<Lab> => {
  if (call.startsWith("Wsk")) return ofWsk();
  return ofSpi(call === "WSPSendTo" ? "spi" : "san");
};

describe.each(schema.calls.map((call) => [call.name, call] as const))("%s", (name, call) => {
  test.each(call.outcomes.map((outcome) => [outcome.name]))("%s", async (code) => {
    const line = PROVOKED[name]?.[code] ?? expect.unreachable(`${code} is not provoked`);
    const lab = await labOf(name);
    const returned = await run(line, lab.names);
    await turn();
    const wanted = Reflect.get(wskit, code);
    const seen = lab.seen(returned);
    expect(seen).toContain(wanted);
    // What comes last is not pending, where something else was asked for.
    if (wanted !== STATUS_PENDING && name.startsWith("Wsk")) expect(seen.at(-1)).toBe(wanted);
  });
});

test("the guide says of each name in its lines what it is", async () => {
  const said = new Set(Object.keys(NAMES).flatMap((names) => names.split(", ")));
  const known = new Set([...Object.keys(wskit), "null", "await", "length", "Dispatch"]);
  const used = Object.values(PROVOKED).flatMap((lines) => Object.values(lines));
  const names = used.flatMap((line) => line.replaceAll(/"[^"]*"|\.\w+/g, "").match(/[A-Za-z]\w*/g) ?? []);
  const isFunction = (name: string): boolean => /^W[Ss][KkPp]/.test(name);
  expect(names.filter((name) => !said.has(name) && !known.has(name) && !isFunction(name))).toEqual([]);
  const labs = new Set([await ofWsk(), await ofSpi("san")].flatMap((lab) => Object.keys(lab.names)));
  expect([...said].filter((name) => !labs.has(name) || !names.includes(name))).toEqual([]);
}); // prettier-ignore

test("a fault that the contract does not list is refused, with those that it does", () => {
  const plan = new FaultPlan();
  expect(() => plan.fail("WSPSend", wskit.WSAEWOULDBLOCK)).toThrow(
    /expected a failure that WSPSend documents \(WSAENETDOWN, .*\), received WSAEWOULDBLOCK \(10035\)/,
  );
  expect(() => plan.fail("WskSend", STATUS_SUCCESS)).toThrow("or another failure");
  expect(() => plan.fail("WskSend", wskit.STATUS_ACCESS_DENIED)).not.toThrow();
});

test.each(["WskSend", "WSPSend"] as const)(
  "%s fails later, where that was ordered",
  async (name) => {
    const lab = await labOf(name);
    const faults = lab.names["faults"] as FaultPlan;
    const [code, line] =
      name === "WskSend"
        ? ([wskit.STATUS_FILE_FORCED_CLOSED, "WskSend(socket, small, 0, irp)"] as const)
        : ([
            wskit.WSAENOBUFS,
            "WSPSend(s, [few], 1, sent, 0, overlapped, null, null, errno)",
          ] as const);
    faults.failLater(name, code);
    const returned = await run(line, lab.names);
    const pending = name === "WskSend" ? STATUS_PENDING : wskit.WSA_IO_PENDING;
    expect(lab.seen(returned)[0]).toBe(pending);
    await turn();
    expect(lab.seen(returned).at(-1)).toBe(code);
  },
);
