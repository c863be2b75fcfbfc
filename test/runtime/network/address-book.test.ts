/** Who has which address in memory: families, hosts, and ports that are given out in order. */
import { expect, test } from "vitest";
import { isFailure } from "../../../runtime/network/network.js";
import type { Endpoint } from "../../../runtime/network/network.js";
import { AddressBook, hostOf, wrongWith } from "../../../runtime/transport/memory/addresses.js";
import { BAD_ADDRESS, IN_USE, NO_ADDRESS } from "../../../runtime/transport/memory/failures.js";

const at = (host: string, port: number): Endpoint => ({ host, port });

function claimed(book: AddressBook<string>, host: string, port: number, owner = "x"): Endpoint {
  const result = book.claim(at(host, port), owner);
  if (isFailure(result)) throw new Error("it is taken");
  return result;
}

test("an address for all hosts is taken with each of its own family, and finds all of them", () => {
  for (const [any, one, other] of [["0.0.0.0", "10.0.0.1", "::1"], ["::", "2001:db8::1", "10.0.0.1"]] as const) {
    const book = new AddressBook<string>();
    claimed(book, any, 7, "any");
    expect([book.claim(at(one, 7), "one"), book.find(at(one, 7))]).toEqual([IN_USE, "any"]);
    expect([claimed(book, other, 7, "other").host, book.find(at(other, 7))]).toEqual([other, "other"]);
    const rest = new AddressBook<string>();
    claimed(rest, one, 7);
    expect(rest.claim(at(any, 7), "any")).toBe(IN_USE);
  }
  expect(["0.0.0.0", "::", "::2"].map(hostOf)).toEqual(["127.0.0.1", "::1", "::2"]);
}); // prettier-ignore

test("what is given back is free, and nothing else of its port", () => {
  const book = new AddressBook<string>();
  const first = claimed(book, "10.0.0.1", 7, "first");
  claimed(book, "10.0.0.2", 7, "second");
  claimed(book, "::1", 7, "third");
  expect(book.owners(7)).toEqual(["first", "second"]);
  book.release(first);
  expect(book.find(first)).toBeUndefined();
  expect([book.find(at("10.0.0.2", 7)), book.find(at("::1", 7))]).toEqual(["second", "third"]);
  expect(claimed(book, "10.0.0.1", 7)).toEqual(first);
});

test("ports are given out in order, from the first again behind the last, and until none is left", () => {
  const book = new AddressBook<string>();
  const [FIRST, LAST] = [49_152, 65_535];
  claimed(book, "10.0.0.1", FIRST + 1);
  const given = Array.from({ length: LAST - FIRST }, () => claimed(book, "10.0.0.1", 0));
  expect(given.map(({ port }) => port)).toEqual(
    Array.from({ length: LAST - FIRST + 1 }, (_, i) => FIRST + i).filter(
      (port) => port !== FIRST + 1,
    ),
  );
  expect(book.claim(at("10.0.0.1", 0), "x")).toBe(IN_USE);
  const third = given[3] ?? expect.unreachable();
  book.release(third);
  expect(claimed(book, "10.0.0.1", 0)).toEqual(third);
});

test("a place to send to has a port, a host, and the family of who sends", () => {
  const wrong = (host: string, port: number, from = "10.0.0.1") => wrongWith(at(host, port), from);
  expect([wrong("10.0.0.2", 1), wrong("10.0.0.2", 65_535), wrong("::2", 9, "::1")]).toEqual([null, null, null]);
  for (const port of [0, 65_536, 1.5]) expect(wrong("10.0.0.2", port)).toBe(NO_ADDRESS);
  expect([wrong("0.0.0.0", 9), wrong("::", 9, "::1")]).toEqual([NO_ADDRESS, NO_ADDRESS]);
  expect([wrong("::2", 9), wrong("10.0.0.2", 9, "::1"), wrong("host", 9)]).toEqual([BAD_ADDRESS, BAD_ADDRESS, BAD_ADDRESS]);
  expect(new AddressBook<string>().claim(at("host", 9), "x")).toBe(BAD_ADDRESS);
}); // prettier-ignore
