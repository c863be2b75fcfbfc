/** From a timeline to the data of the page. */
import type { Summary } from "../report.js";
import type { PlacedBreach, Timeline } from "../timeline.js";
import { KINDS } from "./data.js";
import type { PageBreach, PageData } from "./data.js";

/** The data of the page. */
export function pageData(timeline: Timeline, summary: Summary): PageData {
  const { lanes, calls, marks, moments, breaches, left, lines } = timeline;
  const texts = new Texts();
  const all = lanes.all;
  return {
    summary,
    left: { ...left },
    lines,
    lanes: {
      name: all.map(({ name }) => name),
      type: all.map(({ type }) => texts.of(type)),
      kind: all.map(({ kind }) => KINDS.indexOf(kind)),
      socket: all.map(({ socket }) => socket),
    },
    calls: {
      id: calls.map(({ id }) => id),
      line: steps(calls.map(({ line }) => line)),
      function: calls.map((call) => texts.of(call.function)),
      socket: calls.map(({ socket }) => socket),
      operation: calls.map(({ operation }) => operation),
      memory: calls.map(({ memory }) => memory),
      returned: calls.map(({ line, returned }) => Math.max(0, returned - line)),
      answer: calls.map(({ answer }) => texts.of(answer)),
      pending: calls.map(({ isPending }) => Number(isPending)),
      completed: calls.map(({ line, completed }) => Math.max(0, completed - line)),
      outcome: calls.map(({ outcome }) => texts.of(outcome)),
    },
    marks: {
      line: steps(marks.map(({ line }) => line)),
      lane: marks.map(({ lane }) => lane),
      what: marks.map(({ what }) => texts.of(what)),
    },
    moments: {
      line: steps(moments.map(({ line }) => line)),
      time: steps(moments.map(({ time }) => time)),
    },
    breaches: breaches.map(pageBreach),
    texts: texts.all,
  };
}

function pageBreach({ breach, lane, call }: PlacedBreach): PageBreach {
  const { call: of, earlier, ref, ...rest } = breach;
  return {
    ...rest,
    function: of?.function ?? "",
    callId: of === null ? "" : String(of.id),
    callLine: of?.line ?? 0,
    ref: ref ?? "",
    earlier: earlier?.text ?? "",
    earlierLine: earlier?.line ?? 0,
    lane,
    call,
  };
}

/** Each number as the step from the one before. */
const steps = (numbers: readonly number[]): number[] =>
  numbers.map((n, i) => n - (numbers[i - 1] ?? 0));

/** Texts that occur often, each once. */
class Texts {
  readonly all: string[] = [];
  readonly #places = new Map<string, number>();

  of(text: string): number {
    const place = this.#places.get(text) ?? this.all.length;
    if (place === this.all.length) {
      this.all.push(text);
      this.#places.set(text, place);
    }
    return place;
  }
}
