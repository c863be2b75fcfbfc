/**
 * What a call models without a citation, because its own notation says so: the type rule of each
 * parameter, the rows of its return codes, its flags, its prototype, its header. Where the page
 * has no such place, nothing is tied: only the type rules must find theirs.
 */
import { typeSource } from "../generator/sources.js";
import type { AnyCall } from "../schema/define-call.js";
import type { ConstantSet } from "../schema/define.js";
import { hashOf } from "./text.js";
import type { Tie } from "./ties.js";

/** The ties that follow from the parts of a call. */
export function impliedBy(call: AnyCall, sets: readonly ConstantSet[]): Tie[] {
  const { name, page } = call;
  if (page === undefined) return [];
  const at = (part: string, section: string, which: { sentence?: number; hash?: string } = {}) =>
    ({ id: `${name}/${part}`, page, section, cited: false, ...which }) satisfies Tie;
  return [
    at("typedef", "Title"),
    at("summary", "Description", { sentence: 1 }),
    at("header", "Requirements/Header"),
    at("since", "Requirements/Minimum supported client"),
    at("since", "Requirements/Version"),
    at("irql", "Requirements/IRQL"),
    ...Object.keys(call.outcomes).map((code) => at(`outcomes/${code}`, `Return value/${code}`)),
    ...(call.neverReturns ?? []).map((code) => at(`neverReturns/${code}`, `Return value/${code}`)),
    ...Object.keys(call.params).flatMap((param) => typeTie(call, param)),
    ...flagsOf(call, sets).map(([part, section]) => at(part, section, { sentence: 1 })),
    ...prototypeOf(call).map(([part, line]) => at(part, "Syntax", { hash: hashOf(line) })),
  ];
}

function typeTie(call: AnyCall, param: string): Tie[] {
  const source = typeSource(call, param);
  return source ? [{ id: `${call.name}/${param}.type`, cited: true, ...source }] : [];
}

/** A flag is described below its parameter; that it has the effect is what its doc says. */
function flagsOf(call: AnyCall, sets: readonly ConstantSet[]): [string, string][] {
  return Object.entries(call.params).flatMap(([name, { flags }]) => {
    const set = sets.find((candidate) => candidate.name === flags);
    return Object.keys(set?.values ?? {}).map((flag): [string, string] => [
      `${name}.flags.${flag}`,
      `Parameters/${name}/${flag}`,
    ]);
  });
}

/** The lines of the prototype as the page would print this call. */
function prototypeOf(call: AnyCall): [string, string][] {
  const { name, typedef, returns } = call;
  const params = Object.entries(call.params).map(([param, { printed, type }]): [string, string] => [
    `${param}.type`,
    `${printed === "none" ? "" : printed} ${type} ${param}`,
  ]);
  const head = [`${typedef} Pfn${name}`, `${returns} Pfn${name}`, `${returns} ${name}`];
  return [...head.map((line): [string, string] => ["typedef", line]), ...params];
}
