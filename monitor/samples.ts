/** Memory of any length, and what stands in for what a trace does not say. */
import type { Member, Sample } from "../support/index.js";
import { numberOf } from "./numbers.js";
import type { Given } from "./operation.js";

/** Stands for any routine. */
export const noRoutine = (): void => {};

let zeroed = new Uint8Array(0x1_0000);

/** Memory that nobody looks into: views of one block, which is as long as any has been. */
export function zeros(length: number): Uint8Array {
  if (length > 0xffff_ffff) return zeroed;
  if (length > zeroed.length) zeroed = new Uint8Array(length);
  return zeroed.subarray(0, length);
}

/** Memory from `{ bytes: 64 }` or `{ hex: "00ff" }`; undefined where neither is told. */
export function bytesOf(given: Given): Uint8Array | undefined {
  const { hex } = given;
  if (typeof hex === "string" && /^(?:[\dA-Fa-f]{2})*$/.test(hex)) {
    return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  }
  const bytes = numberOf(given["bytes"]);
  const isLength = typeof bytes === "number" && Number.isInteger(bytes) && bytes >= 0;
  return isLength ? zeros(bytes) : undefined;
}

const samples = new WeakMap<Member, unknown>();

/** What the example has there. */
export function sampleOf(member: Member): unknown {
  let value = samples.get(member);
  if (value === undefined) {
    value = fromSample(member.sample);
    samples.set(member, value);
  }
  return value;
}

function fromSample(sample: Sample): unknown {
  if (typeof sample !== "object" || sample === null) return sample;
  if (isList(sample)) return sample.map(fromSample);
  if ("routine" in sample) return noRoutine;
  const bytes = Object.keys(sample).length === 1 ? bytesOf(sample) : undefined;
  if (bytes !== undefined) return bytes;
  return Object.fromEntries(Object.entries(sample).map(([name, of]) => [name, fromSample(of)]));
}

const isList = (sample: object): sample is readonly Sample[] => Array.isArray(sample);
