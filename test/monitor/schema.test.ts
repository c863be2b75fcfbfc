/** Every example of a rule about lifetimes, played as a trace: the monitor says what the rule says. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Profile } from "../../support/index.js";
import type { TraceEvent } from "../../trace/format.js";
import { breachesOf } from "./events.js";

interface Event {
  readonly happening: string;
  readonly object?: string;
  readonly code?: number;
}

interface Example {
  readonly events?: readonly Event[];
  readonly profile?: Profile;
}

interface Call {
  readonly name: string;
  readonly errorIn?: string;
  readonly params: readonly { readonly name: string; readonly type: string }[];
  readonly rules: readonly {
    readonly id: string;
    readonly strength: string | Readonly<Record<string, string>>;
    readonly accepts: readonly Example[];
    readonly rejects: readonly Example[];
    readonly check: { readonly kind: string };
  }[];
}

const { calls } = JSON.parse(
  readFileSync(new URL("../../generated/schema.json", import.meta.url), "utf8"),
) as { calls: readonly Call[] };

/** Objects by the names of parameters, so that events of examples find them. */
function worldOf(call: Call): { events: TraceEvent[]; args: Record<string, unknown> } {
  const args: Record<string, unknown> = {};
  const events: TraceEvent[] = [];
  const introduce = (ref: string, type: string, state: Record<string, unknown>): void => {
    events.push({ event: "object", ref, type, state });
  };
  introduce("mdl", "MDL", { MappedSystemVa: "memory" });
  for (const { name, type } of call.params) {
    if (type === "PWSK_BUF") introduce(name, "WSK_BUF", { Mdl: "mdl", Offset: 0, Length: 16 });
    else if (type === "PWSK_BUF_LIST")
      introduce(name, "WSK_BUF_LIST", {
        Buffer: { Mdl: "mdl", Offset: 0, Length: 16 },
        Next: null,
      });
    else if (type === "LPWSABUF") introduce(name, "WSABUF", { items: [{ len: 8, buf: "memory" }] });
    if (/^(?:P|LP)/.test(type) && type !== "LPWSAOVERLAPPED_COMPLETION_ROUTINE") args[name] = name;
  }
  if ("s" in args || call.errorIn !== undefined) args["s"] = 260;
  return { events, args };
}

/** Where an event of an example is about a part of an object: the ref, and the rest. */
function placeOf(object: string): { ref: string; field?: string } {
  const names: readonly (readonly [RegExp, string])[] = [
    [
      /^Buffer(?:List\.Buffer)?\.Mdl\.MappedSystemVa$|^BufferList\.Buffer\.Mdl\.MappedSystemVa$|^lpBuffers\.buf$/,
      "memory",
    ],
    [
      /^Buffer(?:List\.Buffer)?\.Mdl$|^BufferList\.Buffer\.Mdl(?:\.Next)?$|^Buffer\.Mdl\.Next$/,
      "mdl",
    ],
  ];
  const plain = object.replace(/\[\d+\]/g, "");
  for (const [path, ref] of names) if (path.test(plain)) return { ref };
  const [ref = "", ...rest] = plain.split(".");
  return rest.length === 0 ? { ref } : { ref, field: rest.join(".") };
}

const TOUCHES: Readonly<Record<string, object>> = {
  read: { access: "read" },
  write: { access: "write" },
  "callee-read": { access: "read", by: "callee" },
  "callee-write": { access: "write", by: "callee" },
};

/** The events of a trace for one of an example; null where a trace has no such thing alone. */
function eventOf(call: Call, { happening, object, code }: Event, index: number): TraceEvent | null {
  const isWsk = call.errorIn === undefined;
  const carrier = isWsk ? "Irp" : "lpOverlapped";
  const socket = isWsk ? "Socket" : "s";
  const place = placeOf(object ?? carrier);
  const id = 100 + index;
  switch (happening) {
    case "return":
      if (isWsk) return { event: "return", id: 1, status: code ?? 0 };
      return { event: "return", id: 1, status: code === 0 ? 0 : -1, error: code ?? 0 };
    case "completion":
      return isWsk
        ? { event: "complete", irp: "Irp", status: code ?? 0 }
        : { event: "complete", overlapped: carrier, error: code ?? 0 };
    case "notification":
      return { event: "notify", overlapped: carrier };
    case "result":
      return { event: "result", overlapped: carrier };
    case "routine":
      return isWsk ? { event: "routine", irp: "Irp" } : { event: "routine", overlapped: carrier };
    case "call":
    case "send": {
      const isOfSocket = object === socket;
      const args = isOfSocket ? { [socket]: isWsk ? "Socket" : 260 } : { [carrier]: carrier };
      const other = isWsk ? "WskReceive" : "WSPRecv";
      return { event: "call", id, function: happening === "send" ? "WSPSend" : other, args };
    }
    case "close":
      return isWsk
        ? {
            event: "call",
            id,
            function: "WskCloseSocket",
            args: { Socket: "Socket", Irp: "closing" },
          }
        : { event: "call", id, function: "WSPCloseSocket", args: { s: 260 } };
    case "abort":
    case "disconnect":
      return null;
    case "free":
    case "unlock":
    case "reuse":
    case "deregister":
    case "leave-frame":
      return { event: happening, ref: object === socket ? "Socket" : place.ref };
    default:
      return { event: "touch", ...place, ...TOUCHES[happening] };
  }
}

function played(call: Call, example: Example): TraceEvent[] | null {
  const { events, args } = worldOf(call);
  const after = (example.events ?? []).map((event, index) => eventOf(call, event, index));
  if (after.includes(null)) return null;
  const whole = after.filter((event) => event !== null);
  return [...events, { event: "call", id: 1, function: call.name, args }, ...whole];
}

const cases = calls.flatMap((call) =>
  call.rules
    .filter(({ check }) => check.kind === "lifetime")
    .flatMap((rule) =>
      (["accepts", "rejects"] as const).flatMap((side) =>
        rule[side].map((example, i) => ({
          call,
          rule,
          side,
          example,
          name: `${rule.id} ${side} ${i}`,
        })),
      ),
    ),
);

const strengthIn = (strength: string | Readonly<Record<string, string>>): Profile | undefined =>
  typeof strength === "string" ? undefined : (Object.keys(strength)[0] as Profile);

test.each(cases)("$name", ({ call, rule, side, example }) => {
  const events = played(call, example);
  if (events === null) return;
  const profile = example.profile ?? strengthIn(rule.strength);
  const options = { notes: true, ...(profile === undefined ? {} : { profile }) };
  const told = breachesOf(events, options).map((breach) => breach.rule);
  if (side === "rejects") expect(told).toContain(rule.id);
  else expect(told).not.toContain(rule.id);
});

test("most examples can be played", () => {
  const played_ = cases.filter(({ call, example }) => played(call, example) !== null);
  expect(cases.length).toBeGreaterThan(200);
  expect(played_.length / cases.length).toBeGreaterThan(0.9);
});
