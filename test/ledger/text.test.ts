/** The same sentence has the same hash, however it was saved. No text here is from a page. */
import { expect, test } from "vitest";
import { hashOf, normalise, plain, sentencesOf } from "../../ledger/text.js";

test.each([
  ["emphasis", "The **door** is *left* ***open***.", "The door is left open."],
  ["code", "Close the `DOOR_HANDLE`.", "Close the DOOR_HANDLE."],
  [
    "links",
    "See [the *door*](door.md) and [it (again)](a_(b).md).",
    "See the door and it (again).",
  ],
  ["images", "A door ![of wood](door.png) stands.", "A door stands."],
  ["escapes", "A DOOR\\_HANDLE of 2 \\* 3.", "A DOOR_HANDLE of 2 * 3."],
  ["entities and tags", "At &lt;= 3<br>doors&nbsp;&amp; more.", "At <= 3 doors & more."],
  ["curly quotes and dashes", "The door’s “frame” – oak.", 'The door\'s "frame" - oak.'],
  ["white space", "  The\tdoor \n  is\u00a0open .", "The door is open."],
  ["composed letters", "Die Tu\u0308r.", "Die Tür."],
])("%s", (_, text, wanted) => {
  expect(plain(text)).toBe(wanted);
});

test("names in C keep their underscores, and arithmetic its stars", () => {
  expect(plain("_In_ DOOR_HANDLE door")).toBe("_In_ DOOR_HANDLE door");
  expect(plain("2 * 3 * 4")).toBe("2 * 3 * 4");
  expect(plain("a <= b and c >= d")).toBe("a <= b and c >= d");
});

test("case does not matter to a hash, words do", () => {
  expect(normalise("The DOOR")).toBe("the door");
  expect(hashOf("The **Door** is open.")).toBe(hashOf("the door is\nopen."));
  expect(hashOf("The door is open.")).not.toBe(hashOf("The door is closed."));
  expect(hashOf("The door is open.")).toMatch(/^[0-9a-f]{16}$/);
});

test.each([
  ["two", "One door. Two doors.", ["One door.", "Two doors."]],
  ["abbreviations", "Some doors, e.g. Oak ones, i.e. Old ones.", ["Some doors, e.g. Oak ones, i.e. Old ones."]],
  ["members and versions", "Door.Handle of 2.0 is set.", ["Door.Handle of 2.0 is set."]],
  ["a space before the stop", "Of the *Door* . Then on.", ["Of the Door.", "Then on."]],
  ["accents", "A porta. É aberta! Às vezes? Não.", ["A porta.", "É aberta!", "Às vezes?", "Não."]],
  ["quotes", 'He said "Open." "Why?" he asked.', ['He said "Open."', '"Why?" he asked.']],
  ["semicolons", "It opens; It closes.", ["It opens; It closes."]],
  ["nothing", " — ** ", []],
])("sentences: %s", (_, text, wanted) => {
  expect(sentencesOf(text)).toEqual(wanted);
}); // prettier-ignore
