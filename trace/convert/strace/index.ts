/** The reader of strace's text: calls of Linux, told as calls of a service provider. */
import { linesOf } from "../../lines.js";
import type { TraceEvent } from "../../format.js";
import type { Tell } from "../reader.js";
import { quoted } from "../reader.js";
import type { Place } from "./calls.js";
import { StraceCalls } from "./calls.js";
import type { Called } from "./line.js";
import { readBegun, readCall, stampOf } from "./line.js";
import { isSend } from "./sends.js";
import { NotationError } from "./value.js";

/** Calls that are read; the arguments of all others are passed by. */
const READ = new Set(
  (
    "socket accept accept4 bind connect getsockopt shutdown close dup dup2 dup3 fcntl " +
    "clone clone3 fork vfork"
  ).split(" "),
);

const UNFINISHED = /^(\w+)\((.*?)(?:<unfinished \.\.\.>|<detached \.\.\.>)$/;
const RESUMED = /^<\.\.\. (\w+) resumed>(.*)$/;
const CALL = /^(\w+)\((.*)$/;
const REMARK = /^(?:---|\+\+\+|strace: |$)|^<\.\.\. .*exited|^\?\?\?\?/;

interface Unfinished {
  readonly name: string;
  readonly text: string;
  readonly at: Place;
  readonly isTold: boolean;
}

/** Reads strace's text, as `strace -f -ttt -T -yy` writes it; with fewer options, less is known. */
export async function* readStrace(
  chunks: AsyncIterable<string>,
  tell: Tell,
): AsyncGenerator<readonly TraceEvent[]> {
  const lines = new StraceLines(tell);
  for await (const some of linesOf(chunks)) {
    for (const line of some) lines.read(line);
    yield lines.calls.take();
  }
}

class StraceLines {
  readonly calls = new StraceCalls();
  readonly #tell: Tell;
  /** Calls that have not returned, by thread. */
  readonly #unfinished = new Map<number, Unfinished>();
  #line = 0;

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  read(line: string): void {
    this.#line++;
    const { text, ...stamp } = stampOf(line);
    const at = { ...stamp, line: this.#line };
    try {
      this.#understand(text, at);
    } catch (error) {
      if (!(error instanceof NotationError)) throw error;
      const expected = `an argument or a result of strace, ${error.at} characters behind "("`;
      this.#tell({ line: this.#line, expected, received: quoted(text) });
    }
  }

  #understand(text: string, at: Place): void {
    const unfinished = UNFINISHED.exec(text);
    if (unfinished !== null) return this.#begin(unfinished, at);
    const resumed = RESUMED.exec(text);
    if (resumed !== null) return this.#resume(resumed, at);
    const call = CALL.exec(text);
    if (call !== null) {
      const [, name = "", rest = ""] = call;
      return this.#whole({ name, text: rest, at, isTold: false }, at);
    }
    if (/^\+\+\+ (?:exited|killed)/.test(text)) return this.calls.exited(at);
    if (REMARK.test(text)) return undefined;
    const expected = "a call, a signal or an exit, as strace writes them";
    return this.#tell({ line: this.#line, expected, received: quoted(text) });
  }

  #begin([, name = "", text = ""]: RegExpExecArray, at: Place): void {
    const called: Called | undefined = isRead(name) ? readBegun(name, text) : undefined;
    const isTold = called !== undefined && this.calls.begun(called, at);
    this.#unfinished.set(at.pid, { name, text, at, isTold });
  }

  #resume([, name = "", rest = ""]: RegExpExecArray, at: Place): void {
    const begun = this.#unfinished.get(at.pid);
    this.#unfinished.delete(at.pid);
    if (begun?.name === name) return this.#whole({ ...begun, text: begun.text + rest }, at);
    // A recording that begins in the middle of a call has its end only.
    if (begun === undefined) return undefined;
    const expected = `the end of ${begun.name}, which line ${begun.at.line} began`;
    return this.#tell({ line: this.#line, expected, received: `the end of ${name}` });
  }

  #whole({ name, text, at: begun, isTold }: Unfinished, at: Place): void {
    if (!isRead(name)) return;
    this.calls.returned({ ...readCall(name, text), begun, isTold }, at);
  }
}

const isRead = (name: string): boolean => READ.has(name) || isSend(name);
