/**
 * Where the line runs between a code and a refusal. A state of the socket is answered with the code
 * of the page. So are the few arguments for which the page has a row of its own; all other
 * arguments that the contract does not allow are refused, because no provider ever sees them.
 */
import { WSAEFAULT, WSAENOTSOCK } from "../../generated/index.js";
import type { WSAERROR } from "../../generated/index.js";
import { CallRefused } from "../../support/index.js";

/** Rows of the page about arguments: what is no socket, and memory that is none. */
const BY_PAGE: Readonly<Record<string, WSAERROR>> = {
  "WSPSend/valid-descriptor": WSAENOTSOCK,
  "WSPSendTo/valid-descriptor": WSAENOTSOCK,
  "WSPSendDisconnect/valid-descriptor": WSAENOTSOCK,
  "WSABUF/buf-not-null": WSAEFAULT,
};

/** The SDK has lpBuffers in the row of WSAEFAULT as well, which the SAN reference has not. */
const BY_SDK: Readonly<Record<string, WSAERROR>> = {
  ...BY_PAGE,
  "WSPSend/dwBufferCount.count-of": WSAEFAULT,
  "WSPSendTo/dwBufferCount.count-of": WSAEFAULT,
};

/**
 * The code for what a stub has thrown, where everything that it refused has one; otherwise the
 * error is thrown again.
 */
export function answerOf(error: unknown, isSan: boolean): WSAERROR {
  const answers = isSan ? BY_PAGE : BY_SDK;
  if (!(error instanceof CallRefused)) throw error;
  let answer: WSAERROR | undefined;
  for (const { rule, strength } of error.issues) {
    if (strength !== "must") continue;
    const code = Object.hasOwn(answers, rule) ? answers[rule] : undefined;
    if (code === undefined) throw error;
    // What is no socket has no memory either.
    if (answer !== WSAENOTSOCK) answer = code;
  }
  if (answer === undefined) throw error;
  return answer;
}
