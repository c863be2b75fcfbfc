/** What a number stands for: codes and constants with that value, and entries of the catalogue. */
import type { Contract, NamedSet } from "./contract.js";
import type { CatalogueSubject, NumberSubject, ValueSubject } from "./subject.js";

/** All that has the value of a number; undefined for what is no number, or that of nothing. */
export function numberCalled(text: string, contract: Contract): NumberSubject | undefined {
  const [, sign, digits] = /^([+-]?)(0x[0-9a-f]+|\d+)[ul]*$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const wanted = sign === "-" ? -BigInt(digits) : BigInt(digits);
  const sets = [...contract.codes, ...contract.constants];
  const values = sets.flatMap((set) =>
    valuesIn(set).filter(({ of }) => numbersIn(of.value).some((value) => isSame(value, wanted))),
  );
  const entry = catalogueOf(contract).find(({ id }) => id === text);
  if (values.length === 0 && entry === undefined) return undefined;
  const hex = `0x${BigInt.asUintN(isSmall(wanted) ? 32 : 64, wanted)
    .toString(16)
    .toUpperCase()}`;
  return { kind: "number", text: `${wanted} (${hex})`, values, entry };
}

const valuesIn = (set: NamedSet): ValueSubject[] =>
  Object.entries(set.codes ?? set.values ?? {}).map(([name, of]) => {
    return { kind: "value", name, of, set };
  });

/** The numbers of a value, which may differ by architecture. */
function numbersIn(value: unknown): bigint[] {
  if (typeof value === "number") return [BigInt(value)];
  if (typeof value !== "object" || value === null) return [];
  if ("$bigint" in value) return [BigInt(String(value.$bigint))];
  return Object.values(value).flatMap(numbersIn);
}

/** Numbers of 32 bits are the same where their bits are: 0xC0000001 is -1073741823. */
const isSame = (a: bigint, b: bigint): boolean =>
  a === b || (isSmall(a) && isSmall(b) && BigInt.asIntN(32, a) === BigInt.asIntN(32, b));

const isSmall = (value: bigint): boolean => value >= -(1n << 31n) && value < 1n << 32n;

/** The entries of the catalogue that rules and decisions name, with those. */
export function catalogueOf(contract: Contract): CatalogueSubject[] {
  const rules = [...contract.calls, ...contract.types].flatMap((owner) => owner.rules ?? []);
  const { decisions } = contract;
  const ids = new Set([...rules, ...decisions].flatMap(({ catalog }) => catalog));
  return [...ids].map((id) => ({
    kind: "catalogue",
    id,
    rules: rules.filter(({ catalog }) => catalog.includes(id)),
    decisions: decisions.filter(({ catalog }) => catalog.includes(id)),
  }));
}

/**
 * What stands behind the slash of ids, and the names that SDV has: each with the rules of all calls
 * that go by it.
 */
export function shortNamesOf(contract: Contract): CatalogueSubject[] {
  const rules = [...contract.calls, ...contract.types].flatMap((owner) => owner.rules ?? []);
  const byName = new Map<string, typeof rules>();
  for (const rule of rules) {
    const known = (rule.aliases ?? []).flatMap((alias) => [alias, alias.replace(/^.* /, "")]);
    for (const name of [rule.id.slice(rule.id.indexOf("/") + 1), ...known]) {
      byName.set(name, [...(byName.get(name) ?? []), rule]);
    }
  }
  return [...byName].map(([id, of]) => ({
    kind: "catalogue",
    id,
    of: "a short name of rules",
    rules: of,
    decisions: [],
  }));
}
