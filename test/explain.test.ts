/** `wskit explain`: what people ask, and what they are told. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ownContract } from "../cli/explain/contract.js";
import { lookUp, nearest, subjectsOf } from "../cli/explain/find.js";
import { textOf } from "../cli/explain/text.js";
import { CONTRACT_RULES } from "../runtime/violation.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const contract = ownContract();
const subjects = subjectsOf(contract);

function told(name: string): string {
  const subject = subjects.get(name);
  return subject === undefined ? "" : textOf(subject, contract);
}

const run = (...args: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, ["--import", "tsx", "cli/main.ts", "explain", ...args], {
    cwd: root,
    encoding: "utf8",
  });

test("what reports print is explained: short names, names of SDV, rules of the runtime", () => {
  for (const name of ["irp-kept-by-routine", "SDV IoAllocateComplete", "IoAllocateComplete"]) {
    expect(told(name)).toContain("WskSendTo/irp-kept-by-routine");
  }
  expect(told("runtime/mdl-in-use")).toContain("The MDL belongs to a send");
});

test("what the runtime holds its callers to has the sources of the contract", () => {
  const sourcesOf = (name: string): readonly string[] | undefined => {
    const subject = subjects.get(name);
    return subject?.kind === "rule" ? subject.rule.sources : undefined;
  };
  for (const [rule, name] of Object.entries(CONTRACT_RULES)) {
    expect(told(`runtime/${rule}`)).toContain(`Stands for  ${name}`);
    const sources = sourcesOf(name);
    expect(sources).toBeDefined();
    expect(sourcesOf(`runtime/${rule}`)).toEqual(sources);
  }
});

test("everything that can be asked about has an answer of lines that fit", () => {
  expect(subjects.size).toBeGreaterThan(1000);
  for (const name of subjects.keys()) {
    const text = told(name);
    expect(text.length, name).toBeGreaterThan(10);
    expect(text, name).not.toMatch(/undefined|\[object/);
  }
});

test("a call is told with prototype, parameters, outcomes and rules", () => {
  const text = told("WskSendTo");
  expect(text).toContain("_In_reads_bytes_opt_(ControlInfoLength) PCMSGHDR ControlInfo,");
  expect(text).toContain("STATUS_FILE_FORCED_CLOSED  anytime  failure");
  expect(text).toContain("WskSendTo/control-info-stays-valid");
  expect(text).toContain("MDL/locked");
});

test("a parameter is told with each of its rules, and those of what it points to", () => {
  const text = told("WskSendTo.Buffer");
  expect(text).toMatch(
    /WskSendTo\/mdl-stays-locked\n[^]*Breaks it +return STATUS_PENDING > unlock/,
  );
  expect(text).toContain("Rules of what it points to");
  expect(text).toContain("WSK_BUF/length-in-chain");
});

test("a call without a source page says what it is described from", () => {
  expect(told("WSPSendDisconnect")).toContain("no source page; described from its signature");
});

test("a rule is told with strength, source, and an example of each side", () => {
  const text = told("WskSendTo/control-info-stays-valid");
  expect(text).toMatch(/Strength +must/);
  expect(text).toContain("Remarks, sentence 2");
  expect(text).toContain("return STATUS_PENDING > completion > free ControlInfo");
  expect(text).toContain("return STATUS_PENDING > free ControlInfo > completion");
  expect(told("WskSend/no-delivery-promise")).toMatch(/Not checked +what a program concludes/);
  expect(told("WskSend/Flags.undocumented")).toContain(
    "must (documented), should (header), must (strict)",
  );
});

test("a struct is told with a picture for each architecture", () => {
  expect(told("WSK_BUF")).toContain(`On x64 and arm64: 24 bytes, aligned to 8
  at  size
   0     8  Mdl        PMDL
   8     4  Offset     ULONG
  12     4  (padding)
  16     8  Length     SIZE_T

On x86: 12 bytes, aligned to 4
  at  size
   0     4  Mdl     PMDL
   4     4  Offset  ULONG
   8     4  Length  SIZE_T
`);
});

/** What the command finds for a name: what it tells, or the names that are near. */
function found(name: string): string {
  const of = lookUp(name, subjects, contract);
  return "near" in of ? `near: ${of.near.join(", ")}` : textOf(of.subject, contract);
}

describe("paths", () => {
  test("members in C are told with their places, by any name of the type", () => {
    expect(found("IRP.Tail.Overlay.Thread")).toBe(`IRP.Tail.Overlay.Thread (a member in C)
  On x64 and arm64 at 152, 8 bytes: ETHREAD*
  On x86 at 80, 4 bytes: ETHREAD*
`);
    expect(found("irp.tail.overlay.thread")).toBe(found("IRP.Tail.Overlay.Thread"));
    expect(found("MDL.Reserved")).toContain("On x86 nowhere");
    expect(found("OVERLAPPED.hEvent")).toBe(found("WSAOVERLAPPED.hEvent"));
    expect(found("SCOPE_ID.Level")).toContain("ULONG, 4 bits from bit 28");
  });

  test("a field of a struct says where it lies", () => {
    expect(found("WSK_BUF.Mdl")).toContain("On x64 and arm64 at 0, 8 bytes: PMDL");
  });

  test("pointers are gone through, arrays too", () => {
    expect(found("WskSend.Buffer.Mdl.ByteCount")).toBe(found("MDL.ByteCount"));
    expect(found("WSK_BUF_LIST.Buffer.Mdl.Next.StartVa")).toBe(found("MDL.StartVa"));
    expect(found("WSPSend.lpBuffers[0].len")).toBe(found("WSABUF.len"));
    expect(found("IRP.MdlAddress.Size")).toBe(found("MDL.Size"));
    expect(found("PWSK_BUF.Length")).toBe(found("WSK_BUF.Length"));
  });

  test.each([
    ["IRP.Tail.Overlay.Thred", "near: IRP.Tail.Overlay.Thread, "],
    ["WskSend.Buffer.Mdl.Nxt", "near: MDL.Next"],
    ["WSABUF.len.more", "near: WSABUF.len"],
    ["Nothing.at.all.is.there", "near: "],
  ])("%s: %s", (name, near) => {
    expect(found(name)).toContain(near);
  });
});

describe("numbers and entries of the catalogue", () => {
  test.each([
    ["0xC0000001", "3221225473 (0xC0000001)\n  STATUS_UNSUCCESSFUL  NTSTATUS "],
    ["-1073741823", "-1073741823 (0xC0000001)\n  STATUS_UNSUCCESSFUL  NTSTATUS "],
    ["10055", "10055 (0x2747)\n  WSAENOBUFS  WSAERROR  "],
    ["0x00000103L", "STATUS_PENDING"],
    ["0xFFFFFFFFFFFFFFFF", "INVALID_SOCKET"],
    ["17", "AF_NETBIOS"],
    ["17", "17 (an entry of the catalogue)\n\nDecisions\n  array-transient"],
    ["99999", "near: "],
  ])("%s: %s", (name, text) => {
    expect(found(name)).toContain(text);
  });

  test("every entry that a rule or decision carries is told with it", () => {
    const owners = [...contract.calls, ...contract.types].flatMap(({ rules }) => rules ?? []);
    for (const { catalog, id } of owners) {
      for (const entry of catalog) expect(found(entry)).toContain(id);
    }
    for (const { catalog, name } of contract.decisions) {
      for (const entry of catalog) expect(found(entry)).toContain(name);
    }
    expect(found("wsk-b3")).toContain("WSK_BUF/offset-before-end");
    expect(found("WSK-B33")).toMatch(/^near: WSK-B3/);
  });
});

describe("the command", () => {
  test("takes a name in any case, and answers with JSON where it is asked", () => {
    const { status, stdout } = run("wsksendto.controlinfo", "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ kind: "parameter", param: { name: "ControlInfo" } });
  });

  test("answers with JSON on paths, numbers and entries too", () => {
    const json = (name: string): unknown => JSON.parse(run(name, "--json").stdout);
    expect(json("IRP.Tail.Overlay.Thread")).toMatchObject({
      kind: "member", places: { x64: { offset: 152 }, x86: { offset: 80 } },
    }); // prettier-ignore
    expect(json("0xC0000001")).toMatchObject({
      kind: "number", values: [{ name: "STATUS_UNSUCCESSFUL" }],
    }); // prettier-ignore
    expect(json("WSK-B3")).toMatchObject({ kind: "catalogue", id: "WSK-B3" });
  });

  test("suggests the nearest names, and exits with 2", () => {
    const { status, stdout, stderr } = run("WskSenTo");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain('nothing called "WskSenTo"; did you mean WskSendTo');
    expect(nearest("STATUS_PENDNG", subjects.keys())[0]).toBe("STATUS_PENDING");
  });

  test("explains a schema of one's own", () => {
    const schema = "test/fixtures/new-call/schema";
    expect(run("REEL", "--schema", schema).stdout).toContain("A reel, and the reel behind it.");
    const broken = run("WskRule", "--schema", "test/fixtures/diagnostics/rules");
    expect([broken.status, broken.stdout]).toEqual([3, ""]);
    expect(broken.stderr).toContain("rules/calls/wsk-rule.ts:");
    expect(run("X", "--schema", "nowhere").status).toBe(3);
  });
});
