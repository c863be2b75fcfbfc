/** Statuses and errors as a trace has them: names, or numbers in 32 bits. */
import { hex } from "../support/index.js";

const PENDING = new Set<string | number>(["STATUS_PENDING", 0x103, "WSA_IO_PENDING", 997]);

/** The code as people write it: its name, or the number. */
export const codeText = (code: string | number | undefined): string => {
  if (code === undefined) return "";
  if (typeof code === "string") return code;
  return code >= 0 && code < 0x1_0000 ? String(code) : hex(code);
};

/** What a call has answered, with its error where it has one. */
export const answerText = (status: string | number, error?: string | number): string => {
  if (error === undefined) return codeText(status);
  // Calls of a provider tell a failure by -1, and which one it is by their error.
  const text = status === -1 || status === 0xffff_ffff ? "SOCKET_ERROR" : codeText(status);
  return `${text}, ${codeText(error)}`;
};

/** True where the operation goes on after the call has returned. */
export const isPending = (status: string | number, error?: string | number): boolean =>
  PENDING.has(error ?? status);
