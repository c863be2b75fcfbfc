/** Pages of all forms fall into the same sections. The pages here are made up. */
import { expect, test } from "vitest";
import type { Section } from "../../ledger/outline.js";
import { split } from "../../ledger/split.js";
import { hashOf } from "../../ledger/text.js";

const COPY = `Print this page


PFN_WSK_DOOR callback function (door.h)

The WskDoor function opens a door. It creaks.

Syntax

PFN_WSK_DOOR PfnWskDoor;

NTSTATUS PfnWskDoor(
  [in]      PDOOR Door,
  [in, out] ULONG Flags
)
{...}

Parameters

[in] Door

A pointer to a DOOR. It is shut.

Flags

Any of these:

DOOR_FLAG_WIDE

Opens it wide.

DOOR_FLAG_SLOW

Opens it slowly. Takes time.

Return value

WskDoor returns one of these:

Return code Description
STATUS_SUCCESS
It is open. It stays so.
Other status codes
It is not.

Remarks

Doors open by:

  • Pushing them.
  • Pulling them.
They shut by themselves.

Requirements

Requirement Value
Target Platform House
IRQL <= DOOR_LEVEL

See also

DOOR

WskWindow`;

const MARKDOWN = `# PFN_WSK_DOOR callback function (door.h)

## Description

The
**WskDoor** function opens a door. It
creaks.

## Parameters

### \`Door\` [in]

A pointer to a [DOOR](https://example.com/door_(wood)). It is shut.

### \`Flags\` [in, out]

Any of these:

#### DOOR_FLAG_WIDE

Opens it wide.

#### DOOR_FLAG_SLOW

Opens it slowly. Takes
time.

## Return value

**WskDoor** returns one of these:

| Return code | Description |
| --- | --- |
| **STATUS_SUCCESS** | It is *open*. It stays so.  |
| **Other status codes** | It is not. |

## Remarks

Doors open by:

* Pushing
  them.
* Pulling them.

They shut by themselves.

## See also

[DOOR](https://example.com/door)

[**WskWindow**](window.md)`;

const OLD = `---
title: PFN_WSK_DOOR
description: A door. It opens.
req.irql: <= DOOR_LEVEL
req.lib:
api_name:
-	PFN_WSK_DOOR
---

# PFN_WSK_DOOR callback function

## -description

Opens a door.

## -prototype

\`\`\`
// Definition
NTSTATUS PfnWskDoor
(
	PDOOR Door
)
{...}
\`\`\`

## -parameters

### -param Door

A pointer to a [*DOOR*](door.md).

## -see-also

[**DOOR**](door.md)
`;

const PROVIDER = `WSPDoor function

WSPDoor opens a door.

Parameters

  • d [in]
    Descriptor of a door.

  • lpErrno [out]
    Pointer to an error.

Return value

Zero, or one of these:

Return code Description
WSAEDOOR

No door.

But never these:

Return code Description
WSAEWALL

A wall is none.

Remarks

Doors open.

Opened Doors I/O

They let people in.

Requirements

Target platform

House

Version

Needs doors 2.0.`;

const namesOf = (sections: readonly Section[]): string[] =>
  sections.map(({ name, sentences }) => `${name}: ${sentences.length}`);

test("a copy from a browser", () => {
  expect(namesOf(split(COPY))).toEqual([
    "Chrome: 1", "Title: 1", "Description: 2", "Syntax: 4", "Parameters/Door: 2",
    "Parameters/Flags: 1", "Parameters/Flags/DOOR_FLAG_WIDE: 1",
    "Parameters/Flags/DOOR_FLAG_SLOW: 2", "Return value: 1", "Return value/STATUS_SUCCESS: 2",
    "Return value/Other status codes: 1", "Remarks: 4", "Requirements/Target platform: 1",
    "Requirements/IRQL: 1", "See also: 2",
  ]); // prettier-ignore
  expect(split(COPY).find(({ name }) => name === "Syntax")?.sentences).toEqual([
    "PFN_WSK_DOOR PfnWskDoor",
    "NTSTATUS PfnWskDoor",
    "[in] PDOOR Door",
    "[in, out] ULONG Flags",
  ]);
});

test("the same text in Markdown has the same sections and hashes", () => {
  const hashes = (text: string): string[] =>
    split(text)
      .filter(({ name }) => !/^(?:Chrome|Syntax|Requirements)/.test(name))
      .map(({ name, sentences }) => `${name}: ${sentences.map(hashOf).join()}`);
  expect(hashes(MARKDOWN)).toEqual(hashes(COPY));
});

test("Markdown with front matter: requirements are filed under those", () => {
  expect(split(OLD)).toEqual([
    {
      name: "Front matter",
      sentences: [
        "title: PFN_WSK_DOOR",
        "description: A door.",
        "It opens.",
        "req.lib:",
        "api_name: PFN_WSK_DOOR",
      ],
    },
    { name: "Requirements/IRQL", sentences: ["<= DOOR_LEVEL"] },
    { name: "Title", sentences: ["PFN_WSK_DOOR callback function"] },
    { name: "Description", sentences: ["Opens a door."] },
    { name: "Syntax", sentences: ["// Definition", "NTSTATUS PfnWskDoor", "PDOOR Door"] },
    { name: "Parameters/Door", sentences: ["A pointer to a DOOR."] },
    { name: "See also", sentences: ["DOOR"] },
  ]);
});

test("a provider's page: bullets are parameters, a colon ends a table, headings have no stop", () => {
  expect(namesOf(split(PROVIDER))).toEqual([
    "Title: 1", "Description: 1", "Parameters/d: 1", "Parameters/lpErrno: 1", "Return value: 2",
    "Return value/WSAEDOOR: 1", "Return value/WSAEWALL: 1", "Remarks: 1",
    "Remarks/Opened Doors I/O: 1", "Requirements/Target platform: 1", "Requirements/Version: 1",
  ]); // prettier-ignore
});

test("headings of another language have the same names", () => {
  const page =
    "PFN_WSK_PORTA (porta.h)\n\nParâmetros\n\n[in] Porta\n\nUma porta.\n\nConfira também\n\nX";
  expect(namesOf(split(page))).toEqual(["Title: 1", "Parameters/Porta: 1", "See also: 1"]);
});

test("line ends of Windows change nothing", () => {
  expect(split(COPY.replaceAll("\n", "\r\n"))).toEqual(split(COPY));
  expect(split(OLD.replaceAll("\n", "\r\n"))).toEqual(split(OLD));
});
