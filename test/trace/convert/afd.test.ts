/** What the readers of AFD's events make of single events, and of what is no such event. */
import { describe, expect, test } from "vitest";
import { timeOf } from "../../../trace/convert/afd/xml.js";
import { converted, failure, sends, told } from "./reading.js";

type Fields = Readonly<Record<string, string | number>>;

const event = (id: number, fields: Fields, provider = "Microsoft-Windows-Winsock-AFD"): string => {
  const data = Object.entries(fields).map(
    ([name, value]) => `<Data Name="${name}">${value}</Data>`,
  );
  const system = `<System><Provider Name="${provider}"/><EventID>${id}</EventID></System>`;
  return `<Event>${system}<EventData>${data.join("")}</EventData></Event>`;
};
const xml = (...events: readonly string[]): string => `<Events>\n${events.join("\n")}\n</Events>\n`;
const Endpoint = "0xFFFF0010";
const Buffer_ = { BufferCount: 1, Buffer: "0x7000", BufferLength: 5 };

describe("sends", () => {
  test("of Windows 7: posted, completed, failed", async () => {
    const text = xml(
      event(1, { Process: 1, Endpoint, AddressFamily: 2, SocketType: 2, Protocol: 17 }),
      event(18, { Endpoint, FastPath: "true", ...Buffer_ }),
      event(24, { Endpoint, Buffer: "0x7000", BufferLength: 5 }),
      event(21, { Endpoint, FastPath: "true", ...Buffer_, Address: "0x0100007F", Port: 7 }),
      event(9, { Endpoint, Error: "0xC000023D" }),
    );
    expect(await sends(text, "afd-xml")).toEqual([
      "3 WSPSend 0xffff0010",
      "3 = 0 5",
      "5 WSPSendTo 0xffff0010",
      "5 = -1 WSAEHOSTUNREACH",
    ]);
    expect((await told(text, "afd-xml"))[3]).toMatchObject({
      args: {
        lpTo: { sa_family: 2, sa_data: { hex: "00077f0000010000000000000000" } },
        iTolen: 16,
      },
    });
  });

  test("an end belongs to the oldest send with its buffer, and to none where none began", async () => {
    const enter = event(1003, { EnterExit: 0, Endpoint, ...Buffer_, Status: 0 });
    const exit = (Buffer: string) =>
      event(1003, { EnterExit: 1, Endpoint, ...Buffer_, Buffer, Status: 0 });
    const text = xml(exit("0x7000"), enter, exit("0x8000"), enter, exit("0x7000"));
    expect(await sends(text, "afd-xml")).toEqual([
      "3 WSPSend 0xffff0010",
      "5 WSPSend 0xffff0010",
      "3 = 0 5",
    ]);
  });

  test("an exit with STATUS_PENDING is no end", async () => {
    const of = (EnterExit: number, Status: string) =>
      event(1003, { EnterExit, Endpoint, ...Buffer_, Status });
    const text = xml(of(0, "0x0"), of(1, "0x103"), of(1, "0xC0000120"));
    expect((await sends(text, "afd-xml"))[1]).toBe("2 = -1 WSA_OPERATION_ABORTED");
  });

  test("a status without a code of Winsock stays a number", async () => {
    const fields = { Endpoint, ...Buffer_ };
    const text = xml(
      event(1003, { EnterExit: 0, ...fields, Status: 0 }),
      event(1003, { EnterExit: 1, ...fields, Status: "0xC0000999" }),
    );
    expect(await sends(text, "afd-xml")).toContain(`2 = -1 ${0xc000_0999}`);
  });
});

test("an accepted endpoint is connected", async () => {
  const fields = { EnterExit: 1, Endpoint, Status: 0, AcceptEndpoint: "0x20" };
  expect(await told(xml(event(1024, fields)), "afd-xml")).toMatchObject([
    { ref: "0x20", state: { connected: true, bound: true, "connection-oriented": true } },
  ]);
});

test("what failed changes no state, and other providers say nothing", async () => {
  const text = xml(
    event(1017, { EnterExit: 1, Endpoint, Status: "0xC0000236" }),
    event(1003, { EnterExit: 0, Endpoint, ...Buffer_ }, "Microsoft-Windows-TCPIP"),
    event(3007, { EnterExit: 0, Endpoint, SendBacklog: 1 }),
  );
  expect(await told(text, "afd-xml")).toEqual([]);
});

describe("what is malformed", () => {
  test("an event without its endpoint", async () => {
    const text = xml(event(1003, { EnterExit: 0, ...Buffer_ }));
    const message = 'expected the address of an endpoint, for event 1003, received "nothing"';
    expect(await failure(text)).toBe(`it:2: ${message}`);
    expect((await converted(text)).bad).toHaveLength(1);
  });

  test("XML that is none ends the reading, lenient or not", async () => {
    const text = "<Events>\n<Event></Events>";
    expect(await failure(text)).toMatch(
      /^it: the XML is not well-formed: 2:\d+: unexpected close tag/,
    );
    await expect(converted(text)).rejects.toThrow("not well-formed");
    expect(await failure("<Events>")).toContain("not well-formed");
  });

  test("CSV without the columns, or without the number of an event", async () => {
    expect(await failure("Event Name, Type\na, b\n")).toContain(
      "it:1: expected a first line with the columns Event Name, Event ID, PID",
    );
    const columns = "Event Name,Event ID,PID,TID,Clock-Time,User Data";
    expect(await failure(`${columns}\nMicrosoft-Windows-Winsock-AFD,x,1,1,1,1\n`)).toBe(
      'it:2: expected the number of an event, received "x"',
    );
    expect(await failure(`${columns}\n"a`)).toContain("the CSV is not well-formed");
  });
});

test.each([
  ["2026-05-06T07:08:09Z", 1_778_051_289_000_000_000n],
  ["2026-05-06T07:08:09.1234567Z", 1_778_051_289_123_456_700n],
  ["2026-05-06T09:08:09.5+02:00", 1_778_051_289_500_000_000n],
  ["2026-05-06T00:08:09.000000001-0700", 1_778_051_289_000_000_001n],
  ["yesterday", undefined],
])("the time %s", (text, time) => {
  expect(timeOf(text)).toBe(time);
});
