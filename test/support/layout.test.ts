/** Layouts and tables as a user has them: where members lie, and which function is at an offset. */
import { describe, expect, test } from "vitest";
import {
  offsetOf, slotAt, WSK_PROVIDER_CONNECTION_DISPATCH_SLOTS, WSK_PROVIDER_DATAGRAM_DISPATCH_SLOTS,
  WSK_PROVIDER_DISPATCH_SLOTS, WSK_PROVIDER_STREAM_DISPATCH_SLOTS, WSPPROC_TABLE_SLOTS,
  WSPUPCALLTABLE_SLOTS, WSPUPCALLTABLEEX_SLOTS,
} from "wskit"; // prettier-ignore
import * as layouts from "../../generated/layouts/index.js";
import type { Layout } from "../../support/index.js";

describe("tables", () => {
  test.each(["x64", "x86", "arm64"] as const)("WskSendEx of the wrong table, on %s", (arch) => {
    const offset = offsetOf(WSK_PROVIDER_CONNECTION_DISPATCH_SLOTS, "WskSendEx", arch);
    expect(offset).toBe(arch === "x86" ? 44 : 88);
    expect(slotAt(WSK_PROVIDER_STREAM_DISPATCH_SLOTS, offset, arch)).toBe("WskGetRemoteAddress");
    expect(offsetOf(WSK_PROVIDER_STREAM_DISPATCH_SLOTS, "WskSendEx", arch)).toBe(
      arch === "x86" ? 52 : 104,
    );
  });

  test("the two tables agree on WskSend, WskReceive, WskDisconnect and WskRelease only", () => {
    const shared = ["WskSend", "WskReceive", "WskDisconnect", "WskRelease"] as const;
    for (const name of shared) {
      const offset = offsetOf(WSK_PROVIDER_CONNECTION_DISPATCH_SLOTS, name, "x64");
      expect(offsetOf(WSK_PROVIDER_STREAM_DISPATCH_SLOTS, name, "x64")).toBe(offset);
    }
  });

  test.each([
    [WSK_PROVIDER_DATAGRAM_DISPATCH_SLOTS, "WskSendTo", 24, 12],
    [WSPPROC_TABLE_SLOTS, "WSPSend", 184, 92],
    [WSPPROC_TABLE_SLOTS, "WSPSendTo", 200, 100],
    [WSPUPCALLTABLE_SLOTS, "WPUQueueApc", 80, 40],
    [WSPUPCALLTABLEEX_SLOTS, "WPUCompleteOverlappedRequest", 120, 60],
    [WSK_PROVIDER_DISPATCH_SLOTS, "WskSocket", 8, 4],
    [WSK_PROVIDER_DISPATCH_SLOTS, "WskGetNameInfo", 48, 24],
  ] as const)("%o: %s is at %i and %i", (table, name, x64, x86) => {
    expect(offsetOf<string>(table, name, "x64")).toBe(x64);
    expect(offsetOf<string>(table, name, "x86")).toBe(x86);
    expect(slotAt<string>(table, x64, "arm64")).toBe(name);
  });

  test("no slot begins between slots, before the first or behind the last", () => {
    const table = WSK_PROVIDER_DISPATCH_SLOTS;
    for (const offset of [0, 4, 12, -8, 56, Number.NaN]) {
      expect(slotAt(table, offset, "x64")).toBeUndefined();
    }
    expect(() => offsetOf<string>(table, "WskSend", "x64")).toThrow(
      "WSK_PROVIDER_DISPATCH has no slot WskSend",
    );
  });

  test("slots that came later say so", () => {
    const later = WSK_PROVIDER_DATAGRAM_DISPATCH_SLOTS.slots.filter((slot) => slot.since);
    expect(later).toEqual([{ name: "WskSendMessages", since: "Windows 8" }]);
  });
});

describe("layouts", () => {
  test("the traps of an emulator", () => {
    const { WSK_BUF_LAYOUT, IO_STACK_LOCATION_LAYOUT, IRP_LAYOUT, IN6_ADDR_LAYOUT } = layouts;
    expect(WSK_BUF_LAYOUT.x64.padding).toEqual([{ offset: 12, size: 4 }]);
    const offsetIn = IO_STACK_LOCATION_LAYOUT.x86.members["Parameters.Write.ByteOffset"];
    expect(offsetIn).toEqual({ offset: 12, size: 8, type: "LARGE_INTEGER", as: "union" });
    expect(IRP_LAYOUT.x64.align).toBe(16);
    expect(IN6_ADDR_LAYOUT.x64.align).toBe(2);
  });

  test("members of some architectures are typed as such", () => {
    expect(layouts.MDL_LAYOUT.x64.members.AllocationProcessorNumber?.offset).toBe(12);
    expect(layouts.MDL_LAYOUT.x86.members.AllocationProcessorNumber).toBeUndefined();
  });

  test("an alias is the same layout", () => {
    expect(layouts.OVERLAPPED_LAYOUT).toBe(layouts.WSAOVERLAPPED_LAYOUT);
    expect(layouts.WSACMSGHDR_LAYOUT).toBe(layouts.CMSGHDR_LAYOUT);
  });

  test("arm64 is laid out as x64, and says so", () => {
    for (const layout of Object.values(layouts) as Layout[]) {
      expect(layout.arm64, layout.name).toBe(layout.x64);
    }
  });
});
