/** What the reader of Wine's log makes of single lines. */
import { describe, expect, test } from "vitest";
import { converted, failure, sends, told } from "./reading.js";

const log = (...lines: readonly string[]): string => `${lines.join("\n")}\n`;
const call = (text: string): string => `1.000:0024:Call ws2_32.${text} ret=140001000`;
const ret = (name: string, value: string): string =>
  `1.001:0024:Ret  ws2_32.${name}() retval=${value} ret=140001000`;

describe("sends", () => {
  test("the code of a failure is what was set, or what its status means", async () => {
    const text = log(
      call("send(00000030,00021000,00000005,00000000)"),
      "1.000:0024:Call KERNEL32.SetLastError(00002749) ret=7f000000",
      ret("send", "ffffffff"),
      call("WSASend(00000030,00021000,00000001,00021100,00000004,00000000,00000000)"),
      "1.000:0024:trace:winsock:WS2_sendto status 0xc00000b0.",
      ret("WSASend", "ffffffff"),
    );
    expect(await sends(text, "wine")).toEqual([
      "1 WSPSend s30",
      "1 = -1 10057",
      "4 WSPSend s30",
      "4 = -1 WSAESHUTDOWN",
    ]);
  });

  test("the arguments, where the log shows them", async () => {
    const args = "00000030,00021000,00000002,00000000,00000001,00022000,00000010,00023000,00401000";
    const text = log(call(`WSASendTo(${args})`), ret("WSASendTo", "00000000"));
    const empty = { len: 0, buf: { bytes: 0 } };
    expect((await told(text, "wine")).slice(0, 3)).toEqual([
      { event: "object", ref: "0x23000", type: "WSAOVERLAPPED" },
      { event: "object", ref: "0x22000", type: "SOCKADDR" },
      {
        event: "call",
        id: 1,
        function: "WSPSendTo",
        as: "WSASendTo",
        args: {
          s: "s30",
          lpBuffers: [empty, empty],
          dwBufferCount: 2,
          lpNumberOfBytesSent: null,
          dwFlags: 1,
          lpTo: "0x22000",
          iTolen: 16,
          lpOverlapped: "0x23000",
          lpCompletionRoutine: { routine: "0x401000" },
          lpThreadId: null,
          lpErrno: { value: 0 },
        },
      },
    ]);
  });

  test("threads have their own calls, and processes their own handles", async () => {
    const line = (who: string, text: string) => `1.000:${who}:${text} ret=1000`;
    const text = log(
      line("0020:0024", "Call ws2_32.send(00000030,00021000,00000005,00000000)"),
      line("0020:0028", "Call ws2_32.send(00000030,00021000,00000006,00000000)"),
      line("0040:0044", "Call ws2_32.send(00000030,00021000,00000007,00000000)"),
      line("0020:0024", "Ret  ws2_32.send() retval=00000005"),
      line("0020:0028", "Ret  ws2_32.send() retval=00000006"),
    );
    expect(await sends(text, "wine")).toEqual([
      "1 WSPSend s30",
      "2 WSPSend s30",
      "3 WSPSend s30#2",
      "1 = 0 5",
      "2 = 0 6",
    ]);
  });

  test("WSASendDisconnect shuts down", async () => {
    const text = log(call("WSASendDisconnect(00000030,00000000)"), ret("WSASendDisconnect", "0"));
    expect(await told(text, "wine")).toMatchObject([
      { function: "WSPSendDisconnect", args: { s: "s30", lpOutboundDisconnectData: null } },
      { event: "return", status: 0 },
      { event: "object", state: { "shut-down": true } },
    ]);
  });
});

describe("WskSend", () => {
  const trace = (text: string): string => `1.000:0124:0024:trace:${text}`;
  const sent = trace(
    "netio:wsk_send socket 0000000000012340, buffer 0000000000021000, flags 0x2, irp 0000000000033000.",
  );

  test("is told by its pointers; its completion, the routine and the end of the IRP follow", async () => {
    const text = log(
      sent,
      trace("netio:dispatch_pending_io io 0000000000012398, status 0xc000020d, information 0."),
      trace("ntoskrnl:IoCompleteRequest 0000000000033000 0"),
      trace("ntoskrnl:IoCompleteRequest calling 00A0( 0000, 0000000000033000, 00B0 )"),
      trace("ntoskrnl:IoCompleteRequest CompletionRoutine returned c0000016"),
      trace("ntoskrnl:IoCompleteRequest 0000000000044000 0"),
      trace("ntoskrnl:IoFreeIrp 0000000000044000"),
      trace("ntoskrnl:IoFreeIrp 0000000000033000"),
    );
    expect(await told(text, "wine")).toEqual([
      { event: "object", ref: "0x12340", type: "WSK_SOCKET" },
      { event: "object", ref: "0x21000", type: "WSK_BUF" },
      { event: "object", ref: "0x33000", type: "IRP" },
      {
        event: "call",
        id: 1,
        function: "WskSend",
        args: { Socket: "0x12340", Buffer: "0x21000", Flags: 2, Irp: "0x33000" },
        as: "netio:wsk_send",
      },
      { event: "complete", irp: "0x33000", status: 0xc000_020d, information: 0 },
      { event: "routine", irp: "0x33000", returned: 0xc000_0016 },
      { event: "free", ref: "0x33000" },
    ]);
  });

  test("without an IRP is told, too", async () => {
    const text = log(
      trace("netio:wsk_send socket 0000000000012340, buffer 0000000000021000, flags 0, irp (nil)."),
    );
    expect((await told(text, "wine")).at(-1)).toMatchObject({ args: { Flags: 0, Irp: null } });
  });

  test("the socket is connected, closed, and gone with the completion of its IRP", async () => {
    const over = trace("ntoskrnl:IoCompleteRequest 0000000000033000 0");
    const done = trace("netio:dispatch_pending_io io 00, status 0, information 0.");
    const text = log(
      trace("netio:wsk_connect socket 00A0, remote_address 00B0, flags 0, irp 0000000000033000."),
      done,
      over,
      trace("netio:wsk_close_socket socket 00A0, irp 0000000000033000."),
      done,
      over,
    );
    const socket = { event: "object", ref: "0xa0", type: "WSK_SOCKET" };
    expect(await told(text, "wine")).toEqual([
      { ...socket, state: { connected: true } },
      { ...socket, state: { closed: true } },
      { event: "free", ref: "0xa0" },
    ]);
  });
});

describe("what is malformed", () => {
  test.each([
    [call("WSASend(00000030,0002"), "a whole call or return of ws2_32"],
    ["1.000:0024:trace:netio:wsk_send socket 1", "socket, buffer, flags and irp of wsk_send"],
    ["0024:Ret  ws2_32.send() retval=", "a whole call or return of ws2_32"],
  ])("%j", async (line, expected) => {
    const text = log(call("closesocket(00000030)"), line);
    expect(await failure(text)).toContain(`it:2: expected ${expected}`);
    expect((await converted(text)).bad).toHaveLength(1);
  });

  test("ends without beginnings, and lines of anything else, are passed by", async () => {
    const text = log(ret("send", "5"), "wine: something else", "0024:fixme:font:x y");
    expect(await told(text, "wine")).toEqual([]);
  });
});
