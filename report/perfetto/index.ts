/**
 * A trace for ui.perfetto.dev, in Chrome's format: a process a socket; calls and completions on
 * threads, with an arrow from the one to the other; operations as async events, because sends
 * overlap and do not nest. It is written as it goes, and keeps what is open.
 */
import type { Breach } from "../../monitor/breach.js";
import type { EventOf, TraceEvent } from "../../trace/format.js";
import { answerText, isPending } from "../codes.js";
import { happeningText, outcomeText, subjectOf } from "../events.js";
import { refsOf } from "../refs.js";
import { fileName, oneLine, SEVERITY, toJson } from "../report.js";
import type { ReportOptions, Summary, TraceReport } from "../report.js";
import { Clock } from "./clock.js";
import { Ids, Processes, Recent } from "./tracks.js";
import type { ChromeEvent, Slot } from "./tracks.js";

/** A call that has not come to its end. */
interface OpenCall {
  readonly id: string;
  readonly line: number;
  readonly name: string;
  readonly slot: Slot;
  /** Its IRP or overlapped structure, and the id of its track. */
  readonly operation: { readonly ref: string; readonly id: string } | null;
  isPending: boolean;
  /** Where it was completed. */
  completion: Slot | null;
}

const CATEGORY = "operation";
const NO_SOCKET = "(no socket)";
/** A process for what belongs to no socket. */
const TRACE = "trace";

/** Chrome's trace events, as JSON. */
export class PerfettoReport implements TraceReport {
  readonly #file: string;
  readonly #clock = new Clock();
  readonly #ids = new Ids();
  readonly #processes = new Processes((event) => this.#emit(event));
  readonly #calls = new Map<string, OpenCall>();
  /** Operations that are not completed, by their object; the oldest first. */
  readonly #open = new Map<string, OpenCall[]>();
  /** Where calls are drawn, for breaches that show later. */
  readonly #slots = new Recent<Slot>();
  #text = "";
  #isBegun = false;
  #flows = 0;

  constructor({ file }: ReportOptions) {
    this.#file = fileName(file);
  }

  see(line: number, event: TraceEvent): string {
    switch (event.event) {
      case "trace":
      case "object":
      case "suppress":
      case "note":
        break;
      case "call":
        this.#call(line, event);
        break;
      case "return":
        this.#return(line, event);
        break;
      case "complete":
        this.#complete(line, event);
        break;
      case "transmit":
        this.#instant(line, event, this.#calls.get(String(event.id)));
        break;
      default:
        this.#instant(line, event, this.#open.get(subjectOf(event) ?? "")?.[0]);
    }
    return this.#taken();
  }

  breach(breach: Breach): string {
    const { line, rule, strength, message, advice, earlier, call } = breach;
    const slot = call === null ? undefined : this.#slots.get(String(call.id));
    const { pid, tid } = slot ?? { pid: this.#processes.of(TRACE), tid: 0 };
    const args = {
      line,
      severity: SEVERITY[strength],
      message: oneLine(message),
      advice: oneLine(advice),
      ...(earlier === null ? {} : { earlier: oneLine(`${earlier.text} line ${earlier.line}`) }),
      ...(breach.suppressed === null ? {} : { suppressed: oneLine(breach.suppressed) }),
    };
    const ts = this.#clock.now;
    this.#emit({
      ph: "i",
      s: "p",
      cat: "breach",
      name: oneLine(rule),
      pid,
      tid,
      ts,
      cname: "terrible",
      args,
    });
    return this.#taken();
  }

  end({ lines, calls, profile }: Summary): string {
    const ts = this.#clock.now;
    for (const call of this.#calls.values()) {
      if (call.slot.end === undefined) this.#drawCall(call, ts, { unfinished: true });
    }
    for (const open of this.#open.values())
      for (const call of open) this.#drawEnd(call, ts, { unfinished: true });
    const otherData = { file: oneLine(this.#file), lines, calls, profile: oneLine(profile) };
    const head = this.#isBegun ? "" : HEAD;
    return `${head}${this.#taken()}\n],"displayTimeUnit":"ns","otherData":${toJson(otherData)}}\n`;
  }

  #call(line: number, event: EventOf<"call">): void {
    const ts = this.#clock.at(line, event.time);
    const { socket, operation: ref } = refsOf(event.args, () => false);
    const pid = this.#processes.of(socket ?? NO_SOCKET);
    const slot = this.#processes.take(pid, "calls", ts);
    const open = ref === null ? undefined : this.#open.get(ref);
    const operation = ref === null ? null : { ref, id: this.#ids.of(ref, open !== undefined) };
    const [id, name] = [String(event.id), oneLine(event.function)];
    const call = { id, line, name, slot, operation, isPending: false, completion: null };
    this.#forget(this.#calls.get(id));
    this.#calls.set(id, call);
    this.#slots.set(id, slot);
    if (operation === null) return;
    if (open !== undefined) open.push(call);
    else this.#open.set(operation.ref, [call]);
    this.#emit({ ...asyncOf(call, operation), ph: "b", ts, args: { call: oneLine(id), line } });
  }

  /** An id that is used anew: what is left of the call before is drawn as far as it came. */
  #forget(call: OpenCall | undefined): void {
    if (call !== undefined && call.slot.end === undefined)
      this.#drawCall(call, this.#clock.now, { unfinished: true });
  }

  #return(line: number, event: EventOf<"return">): void {
    const ts = this.#clock.at(line, event.time);
    const call = this.#calls.get(String(event.id));
    if (call === undefined || call.slot.end !== undefined) return;
    const { status, error } = event;
    call.isPending = isPending(status, error);
    const answer = oneLine(answerText(status, error));
    this.#drawCall(call, ts, { answer });
    if (call.completion === null && call.operation !== null && call.isPending) return;
    if (call.completion === null) this.#close(call, ts, { answer });
    this.#drawArrow(call);
    this.#calls.delete(call.id);
  }

  #complete(line: number, event: EventOf<"complete">): void {
    const ts = this.#clock.at(line, event.time);
    const open = this.#open.get(subjectOf(event) ?? "") ?? [];
    const call = open.find(({ isPending, slot }) => isPending || slot.end === undefined) ?? open[0];
    if (call === undefined) return;
    const outcome = oneLine(outcomeText(event));
    const slot = this.#processes.take(call.slot.pid, "completions", ts);
    slot.end = ts + this.#clock.moment;
    call.completion = slot;
    const { pid, tid } = slot;
    const name = `complete ${oneLine(call.operation?.ref ?? "")}`;
    const args = { outcome, line, call: oneLine(call.id) };
    this.#emit({ ph: "X", cat: "completion", name, pid, tid, ts, dur: this.#clock.moment, args });
    this.#close(call, ts, { outcome });
    if (call.slot.end === undefined) return;
    this.#drawArrow(call);
    this.#calls.delete(call.id);
  }

  /** The operation of a call is over. */
  #close(call: OpenCall, ts: number, args: ChromeEvent): void {
    const { operation } = call;
    const open = operation === null ? undefined : this.#open.get(operation.ref);
    if (operation === null || open === undefined || !open.includes(call)) return;
    open.splice(open.indexOf(call), 1);
    if (open.length === 0) this.#open.delete(operation.ref);
    this.#drawEnd(call, ts, args);
  }

  #instant(
    line: number,
    event: Parameters<typeof happeningText>[0] | EventOf<"transmit">,
    call: OpenCall | undefined,
  ): void {
    const ts = this.#clock.at(line, event.time);
    if (call === undefined || call.operation === null) return;
    if (this.#open.get(call.operation.ref)?.includes(call) !== true) return;
    const text =
      event.event === "transmit" ? `transmit ${event.bytes} bytes` : happeningText(event);
    const name = oneLine(text);
    this.#emit({ ...asyncOf(call, call.operation), ph: "n", name, ts, args: { line } });
  }

  #drawCall({ id, line, name, slot }: OpenCall, ts: number, more: ChromeEvent): void {
    const { pid, tid, from } = slot;
    const dur = Math.max(ts - from, this.#clock.moment);
    slot.end = from + dur;
    const args = { call: oneLine(id), line, ...more };
    this.#emit({ ph: "X", cat: "call", name, pid, tid, ts: from, dur, args });
  }

  #drawEnd(call: OpenCall, ts: number, args: ChromeEvent): void {
    if (call.operation !== null)
      this.#emit({ ...asyncOf(call, call.operation), ph: "e", ts, args });
  }

  /** An arrow from a call to its completion, once both are drawn. */
  #drawArrow({ slot, completion }: OpenCall): void {
    if (completion === null) return;
    const arrow = { cat: "completion", name: "completed", id: ++this.#flows };
    const [from, to] = [slot, completion];
    this.#emit({ ...arrow, ph: "s", pid: from.pid, tid: from.tid, ts: from.from });
    this.#emit({ ...arrow, ph: "f", bp: "e", pid: to.pid, tid: to.tid, ts: to.from });
  }

  #emit(event: ChromeEvent): void {
    this.#text += `${this.#isBegun ? ",\n" : `${HEAD}\n`}${toJson(event)}`;
    this.#isBegun = true;
  }

  #taken(): string {
    const text = this.#text;
    this.#text = "";
    return text;
  }
}

const HEAD = `{"traceEvents":[`;

/** What the events of one operation have in common: its track, and its name. */
function asyncOf(
  { slot, name }: OpenCall,
  { ref, id }: { readonly ref: string; readonly id: string },
): ChromeEvent {
  return { cat: CATEGORY, id, name: `${oneLine(ref)} ${name}`, pid: slot.pid, tid: slot.tid };
}
