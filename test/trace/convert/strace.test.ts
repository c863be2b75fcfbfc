/** What the reader of strace makes of single calls, and of lines that it cannot read. */
import { describe, expect, test } from "vitest";
import { stampOf } from "../../../trace/convert/strace/line.js";
import { converted, failure, sends, told } from "./reading.js";

const TCP = "socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3\n";
const CONNECTED = `${TCP}connect(3, {sa_family=AF_INET, sin_port=htons(7), sin_addr=inet_addr("192.0.2.1")}, 16) = 0\n`;
const UDP = "socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP) = 3\n";

describe("stamps", () => {
  test.each([
    ["close(3) = 0", { pid: 0 }],
    ["[pid   12] close(3) = 0", { pid: 12 }],
    ["12 close(3) = 0", { pid: 12 }],
    ["12<sample> close(3) = 0", { pid: 12 }],
    ["12 1700000000.000001 close(3) = 0", { pid: 12, time: 1_700_000_000_000_001_000n }],
    ["1700000000.5 close(3) = 0", { pid: 0, time: 1_700_000_000_500_000_000n }],
    ["10:00:01 close(3) = 0", { pid: 0, time: 36_001_000_000_000n }],
    ["12 10:00:01.25 close(3) = 0", { pid: 12, time: 36_001_250_000_000n }],
  ])("%s", (line, stamp) => {
    expect(stampOf(line)).toEqual({ ...stamp, text: "close(3) = 0" });
  });
});

describe("the errno of a send", () => {
  const failed = (before: string, errno: string) =>
    sends(`${before}sendto(3, "x", 1, 0, NULL, 0) = -1 ${errno} (Some text)\n`, "strace");

  test.each([
    [CONNECTED, "ECONNRESET", "WSAECONNRESET"],
    [CONNECTED, "EPIPE", "WSAECONNRESET"],
    [TCP, "EPIPE", "WSAENOTCONN"],
    [`${CONNECTED}shutdown(3, SHUT_WR) = 0\n`, "EPIPE", "WSAESHUTDOWN"],
    [UDP, "EDESTADDRREQ", "WSAENOTCONN"],
    [CONNECTED, "ENOMEM", "WSAENOBUFS"],
    [CONNECTED, "EHOSTUNREACH", "WSAEHOSTUNREACH"],
    [CONNECTED, "EBADF", "WSAENOTSOCK"],
    [CONNECTED, "EXFULL", "EXFULL"],
  ])("after %j: %s is %s", async (before, errno, code) => {
    const line = before.split("\n").length;
    expect(await failed(before, errno)).toEqual([`${line} WSPSend fd3`, `${line} = -1 ${code}`]);
  });

  test("EAGAIN is told with the reason why no provider gives it", async () => {
    const events = await told(
      `${CONNECTED}sendto(3, "x", 1, 0, NULL, 0) = -1 EAGAIN (Resource temporarily unavailable)\n`,
      "strace",
    );
    const reason =
      "EAGAIN of a nonblocking socket of Linux; a provider has none, and its switch waits";
    expect(events.slice(-3)).toEqual([
      { event: "suppress", rule: "returns.never", reason, id: 3 },
      { event: "suppress", rule: "returns.listed", reason, id: 3 },
      { event: "return", id: 3, status: -1, error: "WSAEWOULDBLOCK" },
    ]);
  });
});

describe("which socket it is", () => {
  const ends = async (text: string) => (await told(text, "strace")).slice(-2);

  test("threads share descriptors, forked processes have copies, and the last close counts", async () => {
    const text = [
      "10 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3",
      "10 clone(child_stack=0x7f, flags=CLONE_VM|CLONE_FILES|CLONE_THREAD) = 11",
      "11 dup2(3, 5) = 5",
      "10 fork() = 12",
      "12 close(3) = 0",
      "10 close(3) = 0",
      "10 close(5) = 0",
      '12 sendto(5, "x", 1, 0, NULL, 0) = -1 EPIPE (Broken pipe)',
      "12 +++ exited with 0 +++",
    ].join("\n");
    expect(await sends(text, "strace")).toEqual(["8 WSPSend fd3", "8 = -1 WSAENOTCONN"]);
    expect((await ends(text))[1]).toEqual({
      event: "object",
      ref: "fd3",
      type: "SOCKET",
      state: { closed: true },
    });
  });

  test("a child that runs before clone returns is known by the call that has begun", async () => {
    const text = [
      "10 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3",
      "10 clone3({flags=CLONE_VM|CLONE_FILES, exit_signal=0}, 88 <unfinished ...>",
      '11 sendto(3, "x", 1, 0, NULL, 0 <unfinished ...>',
      "10 <... clone3 resumed> => {parent_tid=[11]}) = 11",
      "11 <... sendto resumed>) = -1 EPIPE (Broken pipe)",
    ].join("\n");
    expect(await sends(text, "strace")).toEqual(["3 WSPSend fd3", "3 = -1 WSAENOTCONN"]);
  });

  test("a descriptor that is given out again is another socket", async () => {
    const text = `${TCP}close(3) = 0\n${TCP}sendto(3, "", 0, 0, NULL, 0) = -1 EPIPE (Broken pipe)\n`;
    expect(await sends(text, "strace")).toEqual(["4 WSPSend fd3#2", "4 = -1 WSAENOTCONN"]);
  });

  test("what nobody saw made is known by what -yy shows of it", async () => {
    const text = 'write(7<TCPv6:[[::1]:5->[::1]:6]>, "x", 1) = 1\n';
    expect((await told(text, "strace"))[0]).toMatchObject({
      ref: "fd7",
      state: { known: true, "connection-oriented": true, bound: true, connected: true },
    });
  });

  test.each([
    'sendto(3, "x", 1, 0, NULL, 0) = 1\n',
    "getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4]) = 0\n",
  ])("a connect that was under way is done where %j", async (line) => {
    const connect =
      "connect(3, {sa_family=AF_INET}, 16) = -1 EINPROGRESS (Operation now in progress)";
    const events = await told(`${TCP}${connect}\n${line}`, "strace");
    expect(events[1]).toMatchObject({ state: { connected: true, bound: true } });
  });

  test("files, pipes and sockets of other families are passed by", async () => {
    const text =
      'write(1</dev/null<char 1:3>>, "x", 1) = 1\nwrite(2, "x", 1) = 1\n' +
      'socket(AF_UNIX, SOCK_STREAM, 0) = 3\nsendto(3, "x", 1, 0, NULL, 0) = 1\n' +
      'sendto(4<UNIX-STREAM:[1->2,"/run/x"]>, "x", 1, 0, NULL, 0) = 1\n';
    expect(await told(text, "strace")).toEqual([]);
  });
});

describe("messages", () => {
  test("the address, the buffers, the flags; and what a provider is not told, by name", async () => {
    const header =
      '{msg_name={sa_family=AF_INET6, sin6_port=htons(9), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "fe80::1", &sin6_addr), sin6_scope_id=2}, msg_namelen=28, ' +
      'msg_iov=[{iov_base="ab", iov_len=2}, {iov_base=NULL, iov_len=0}], msg_iovlen=2, ' +
      "msg_control=[{cmsg_len=20, cmsg_level=SOL_IPV6, cmsg_type=IPV6_HOPLIMIT, cmsg_data=[7]}], msg_controllen=24, msg_flags=0}";
    const text = `${UDP}sendmsg(3, ${header}, MSG_OOB|MSG_NOSIGNAL|0x80000) = 2\n`;
    expect((await told(text, "strace"))[1]).toMatchObject({
      function: "WSPSendTo",
      as: "sendmsg, MSG_NOSIGNAL, 0x80000, IPV6_HOPLIMIT",
      args: {
        lpBuffers: [
          { len: 2, buf: { bytes: 2 } },
          { len: 0, buf: null },
        ],
        dwBufferCount: 2,
        dwFlags: 1,
        lpTo: {
          sa_family: 23,
          sa_data: { hex: "000900000000fe80000000000000000000000000000102000000" },
        },
        iTolen: 28,
      },
    });
  });

  test("sendmmsg is a call for each message that was sent", async () => {
    const one = (bytes: number) =>
      `{msg_hdr={msg_name=NULL, msg_iov=[{iov_base="x", iov_len=${bytes}}], msg_iovlen=1}, msg_len=${bytes}}`;
    const text = `${CONNECTED}sendmmsg(3, [${one(1)}, ${one(2)}, {msg_hdr={msg_name=NULL, msg_iov=[], msg_iovlen=0}}], 3, 0) = 2\n`;
    expect(await sends(text, "strace")).toEqual([
      "3.1 WSPSend fd3",
      "3.1 = 0 1",
      "3.2 WSPSend fd3",
      "3.2 = 0 2",
    ]);
  });

  test("a call that nobody saw return has no return", async () => {
    expect(await sends(`${CONNECTED}sendto(3, "x", 1, 0, NULL, 0) = ?\n`, "strace")).toEqual([
      "3 WSPSend fd3",
    ]);
  });
});

describe("lines that are no lines of strace", () => {
  test.each([
    ["nonsense", 'a call, a signal or an exit, as strace writes them, received "nonsense"'],
    ['sendto(3, "x', 'an argument or a result of strace, 3 characters behind "("'],
    ["close(3) = ", "an argument or a result of strace"],
    ["connect(3, {sa_family=AF_INET) = 0", "an argument or a result of strace"],
    [`close(${"[".repeat(100)}`, "an argument or a result of strace"],
  ])("%j", async (line, message) => {
    const text = `${TCP}${line}\n${TCP}`;
    expect(await failure(text, "strace")).toContain(`it:2: expected ${message}`);
    const { bad, events } = await converted(text, "strace");
    expect(bad).toMatchObject([{ line: 2 }]);
    expect(events).toHaveLength(3);
  });

  test("the end of another call than the one that began", async () => {
    const text = '5 sendto(3, "x", 1 <unfinished ...>\n5 <... close resumed>) = 0\n';
    expect(await failure(text, "strace")).toBe(
      "it:2: expected the end of sendto, which line 1 began, received the end of close",
    );
  });

  test("arguments of calls that are not read may be anything", async () => {
    const text =
      'ioctl(3, {{{ = 0\nrecvfrom(3, <unfinished ...>\n<... recvfrom resumed>"\\0) = 1\n';
    expect(await failure(text, "strace")).toBe("");
  });
});
