/** What a trace leaves out, so that no rule is held against what nobody has said. */
import { isRecord } from "../support/index.js";
import type { Issue, Shape, StructShape, TracedCall } from "../support/index.js";
import type { Things } from "./things.js";
import type { Given } from "./operation.js";

/** How many structs of a chain are asked: what is said of a longer one is said of all its links. */
const MOST = 10_000;

/** The ways from a call to what its trace does not say. */
export function assumedOf(call: TracedCall, given: Given, things: Things): Set<string> {
  const assumed = new Set<string>();
  const open: { shape: StructShape; path: string; of: (field: string) => unknown }[] = [];
  const met = new Set<unknown>();

  const look = (shape: Shape, value: unknown, path: string): void => {
    if (value === undefined) assumed.add(path);
    else if (shape.kind === "array") lookAtAll(shape, value, path);
    else if (shape.kind === "struct") enter(shape.of(), value, path);
    else if (shape.kind === "bytes" && !isSaid(value, things)) assumed.add(path);
  };
  const lookAtAll = (shape: Extract<Shape, { kind: "array" }>, value: unknown, path: string) => {
    if (Array.isArray(value)) for (const item of value) enter(shape.of(), item, path);
    else assumed.add(path);
  };
  const enter = (shape: StructShape, value: unknown, path: string): void => {
    if (met.has(value) || met.size > MOST) return;
    met.add(value);
    const state = typeof value === "string" ? things.known(value)?.state : undefined;
    if (isRecord(value)) open.push({ shape, path, of: (field) => value[field] });
    else if (typeof value === "string")
      open.push({ shape, path, of: (field) => state?.get(field) });
  };

  for (const { name, shape } of call.params) look(shape, given[name], name);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { shape, path, of } = next;
    for (const { name, shape: inner } of shape.fields) {
      // A chain whose next link is not told ends there.
      if (name !== shape.next) look(inner, of(name), `${path}.${name}`);
      else if (of(name) !== undefined) look(inner, of(name), path);
    }
  }
  return assumed;
}

/** True where the trace says what the memory holds. */
function isSaid(value: unknown, things: Things): boolean {
  if (value === null) return true;
  const said = typeof value === "string" ? things.known(value)?.state.get("hex") : undefined;
  return said !== undefined || (isRecord(value) && "hex" in value);
}

/** True for an issue that rests on something that is only assumed. */
export function restsOnAssumed(
  issue: Issue,
  call: TracedCall,
  assumed: ReadonlySet<string>,
): boolean {
  if (assumed.size === 0) return false;
  const path = issue.path.filter((key) => typeof key === "string" && key !== "Next");
  const isOfCall = issue.rule.startsWith(`${call.watched.name}/`);
  const base = isOfCall ? "" : path.slice(0, -1).join(".");
  const reads = (call.reads[issue.rule] ?? []).map((way) => (base === "" ? way : `${base}.${way}`));
  return [path.join("."), ...reads].some((way) => isAssumed(way, assumed));
}

/** True where the value itself, or what it lies in, is only assumed. */
function isAssumed(way: string, assumed: ReadonlySet<string>): boolean {
  if (assumed.has(way)) return true;
  const end = way.lastIndexOf(".");
  return end > 0 && isAssumed(way.slice(0, end), assumed);
}
