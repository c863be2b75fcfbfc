/** The demo's own judgement: a difference at the peer is a difference. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { compare, isWhole, pattern, watch } from "../cli/demo/row.js";
import { STATUS_PENDING, STATUS_SUCCESS } from "../index.js";

const sha256 = (data: Uint8Array): string => createHash("sha256").update(data).digest("hex");
const data = pattern(1000, 1);

test("every byte counts", () => {
  expect(compare([data], { bytes: 1000, sha256: sha256(data) }).ok).toBe(true);
  expect(
    compare([data.subarray(0, 400), data.subarray(400)], { bytes: 1000, sha256: sha256(data) }).ok,
  ).toBe(true);
  const other = pattern(1000, 2);
  expect(compare([data], { bytes: 1000, sha256: sha256(other) })).toMatchObject({
    ok: false,
    text: expect.stringContaining("MISMATCH"),
  });
  expect(compare([data], { bytes: 1001, sha256: sha256(data) }).ok).toBe(false);
  expect(compare([data], { bytes: 999, sha256: sha256(data.subarray(1)) }).ok).toBe(false);
});

test("an IRP is watched from the call to its completion", async () => {
  const now = await watch((irp) => {
    irp.take("WskSend");
    irp.complete(STATUS_SUCCESS, 5);
    return STATUS_SUCCESS;
  });
  expect(now).toMatchObject({
    returned: STATUS_SUCCESS,
    information: 5,
    when: "before the return",
  });
  expect([isWhole(now, 5), isWhole(now, 6)]).toEqual([true, false]);
  const later = await watch((irp) => {
    irp.take("WskSend");
    setImmediate(() => irp.complete(STATUS_SUCCESS, 7));
    return STATUS_PENDING;
  });
  expect(later.when).toMatch(/^\d+\.\d ms later$/);
});
