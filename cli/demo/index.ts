/** `wskit demo`: real bytes through every call, compared at a peer process. */
import Table from "cli-table3";
import { EXIT } from "../exit.js";
import { PeerProcess } from "./peer-process.js";
import type { Row } from "./row.js";
import { wskScenes } from "./wsk-scenes.js";
import { wspScenes } from "./wsp-scenes.js";

/** Runs the demo; the exit code is 1 where any row is not what it should be. */
export async function demoCommand(): Promise<void> {
  const peer = new PeerProcess();
  const rows: Row[] = [];
  try {
    for await (const row of wskScenes(peer)) rows.push(row);
    for await (const row of wspScenes(peer)) rows.push(row);
  } finally {
    peer.stop();
  }
  process.stdout.write(`${tableOf(rows)}\n`);
  const wrong = rows.filter((row) => !row.ok).length;
  const pids = `process ${process.pid} sent, process ${peer.pid} received`;
  process.stdout.write(
    wrong === 0
      ? `${rows.length} rows, every one as the contract has it (${pids} and compared)\n`
      : `${wrong} of ${rows.length} rows are wrong (${pids})\n`,
  );
  if (wrong > 0) process.exitCode = EXIT.findings;
}

const WIDEST = 150;
const NARROWEST = 90;

/** The columns share what the terminal has; call names are never broken. */
function widths(terminal: number): number[] {
  const room = Math.max(NARROWEST, Math.min(WIDEST, terminal)) - 29;
  return [3, 19, ...[0.26, 0.235, 0.3, 0.205].map((part) => Math.floor(room * part))];
}

function tableOf(rows: readonly Row[]): string {
  const table = new Table({
    head: ["", "call", "arguments", "returned", "completed", "at the peer"],
    colWidths: widths(process.stdout.columns ?? WIDEST),
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const { ok, call, args, returned, completed, atPeer } of rows) {
    table.push([ok ? "✓" : "✗", call, args, returned, completed, atPeer]);
  }
  return table.toString();
}
