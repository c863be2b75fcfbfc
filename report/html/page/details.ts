/** What is said of a breach, a call or a mark: in the tooltip shortly, in the panel in full. */
import type { PageBreach } from "../data.js";
import { timeText } from "./axis.js";
import { button, make } from "./dom.js";
import type { Picked } from "./scene.js";
import { kindOf } from "./filter.js";
import type { Call, Model } from "./model.js";

const WORDS = {
  must: "error",
  should: "warning",
  note: "note",
  suppressed: "suppressed",
} as const;

/** What a reader may go to from the details. */
export interface Links {
  readonly toBreach: (index: number) => void;
  readonly toCall: (index: number) => void;
  readonly toLine: (line: number) => void;
}

/** The word for the kind of a breach, as a badge. */
export function badge(breach: PageBreach): HTMLElement {
  const kind = kindOf(breach);
  return make("span", `badge ${kind}`, WORDS[kind]);
}

/** What is picked; without links, it is the short form. */
export function describe(model: Model, picked: Picked, links?: Links): Node[] {
  if (picked === null) return [];
  if (picked.kind === "mark") return describeMark(model, picked.dot);
  if (picked.kind === "call") {
    const call = model.calls[picked.index];
    return call === undefined ? [] : describeCall(model, call, links);
  }
  const breach = model.breaches[picked.index];
  return breach === undefined ? [] : describeBreach(breach, links);
}

type Fields = [string, (Node | string)[] | string][];

function listOf(fields: Fields): HTMLElement {
  const list = make("dl", "");
  for (const [name, value] of fields) {
    const inside = typeof value === "string" ? [value] : value;
    if (inside.length === 0 || value === "") continue;
    list.append(make("dt", "", name), make("dd", "", ...inside));
  }
  return list;
}

function describeBreach(breach: PageBreach, links?: Links): Node[] {
  const { line, rule, expected, received, advice, earlierLine, suppressed } = breach;
  const head = make(
    "h2",
    "",
    badge(breach),
    make("code", "", rule),
    make("span", "dim", `line ${line}`),
  );
  const earlier = earlierLine === 0 ? "" : `${breach.earlier} line ${earlierLine}`;
  const fields: Fields = [
    ["At", breach.path],
    ["Expected", expected],
    ["Received", received],
    ["Earlier", linked(earlier, links && (() => links.toLine(earlierLine)))],
    ["What to do", advice],
    ["Suppressed", suppressed ?? ""],
    ["Call", callLink(breach, links)],
    ["Object", breach.ref],
  ];
  if (links === undefined) return [head, listOf(fields.slice(0, 6))];
  return [
    head,
    listOf([
      ...fields,
      ["Also known as", breach.aliases.join(", ")],
      ["Written at", breach.sources.map((source) => make("div", "", source))],
      ["More", [make("code", "", `npx wskit explain ${rule}`)]],
    ]),
  ];
}

function linked(text: string, act: (() => void) | undefined): (Node | string)[] {
  if (text === "") return [];
  return act === undefined ? [text] : [button(text, act)];
}

function callLink(breach: PageBreach, links?: Links): (Node | string)[] {
  if (breach.callLine === 0) return [];
  const text = `${breach.function} ${breach.callId}, line ${breach.callLine}`;
  return linked(text, links && breach.call >= 0 ? () => links.toCall(breach.call) : undefined);
}

function describeCall(model: Model, call: Call, links?: Links): Node[] {
  const { lanes, breaches } = model;
  const name = (lane: number): string => {
    const { name = "", type = "" } = lanes[lane] ?? {};
    return type === "" ? name : `${name} (${type})`;
  };
  const head = make(
    "h2",
    "",
    make("code", "", call.function),
    make("span", "dim", `call ${call.id}`),
  );
  const broken = breaches.flatMap(({ call: of }, i) => (of === call.index ? [i] : []));
  const goTo = (i: number): Node => {
    const text = `${breaches[i]?.rule} at line ${breaches[i]?.line}`;
    return make("div", "", ...linked(text, links && (() => links.toBreach(i))));
  };
  return [
    head,
    listOf([
      ["Called", `line ${call.line}${timeAt(model, call.line)}`],
      ["Returned", ended(model, call.returned, call.answer)],
      ["Completed", completion(model, call)],
      ["Held for", duration(model, call)],
      ["Operation", call.operation < 0 ? "" : name(call.operation)],
      ["Memory", call.memory.map(name).join(", ")],
      ["Socket", name(call.socket)],
      ["Breaches", broken.slice(0, links === undefined ? 3 : 20).map(goTo)],
    ]),
  ];
}

const ended = (model: Model, line: number, with_: string): string =>
  line === 0 ? "not within the trace" : `line ${line}${timeAt(model, line)}: ${with_}`;

function completion(model: Model, call: Call): string {
  if (call.completed > 0) return ended(model, call.completed, call.outcome || "without a status");
  return call.isPending ? "not within the trace: still pending" : "";
}

function timeAt({ moments }: Model, line: number): string {
  return moments.areKnown ? ` (${timeText(moments.at(line))})` : "";
}

function duration({ moments }: Model, { line, completed, returned }: Call): string {
  const end = Math.max(completed, returned);
  return moments.areKnown && end > 0 ? timeText(moments.at(end) - moments.at(line)) : "";
}

function describeMark({ lanes }: Model, dot: { line: number; lane: number; what: string }): Node[] {
  const head = make("h2", "", make("code", "", dot.what), make("span", "dim", `line ${dot.line}`));
  return [head, listOf([["Object", lanes[dot.lane]?.name ?? ""]])];
}
