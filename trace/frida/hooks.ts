/** Which functions a script hooks, and how the provider's calls are told by them. */

/** A parameter of the schema, as schema.json has it. */
export interface SchemaParam {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
}

/** A call of the schema, as schema.json has it. */
export interface SchemaCall {
  readonly name: string;
  readonly params: readonly SchemaParam[];
}

/** How an argument is read, by its type. */
const READINGS: Readonly<Record<string, string>> = {
  SOCKET: "socket",
  LPWSABUF: "buffers",
  DWORD: "number",
  INT: "number",
  LPDWORD: "cell",
  LPINT: "cell",
  LPCSOCKADDR: "address",
  LPWSAOVERLAPPED: "overlapped",
  LPWSAOVERLAPPED_COMPLETION_ROUTINE: "routine",
};

/** What a provider is given in addition to what the user's twin of its function takes. */
const PROVIDERS_OWN = new Set(["lpThreadId", "lpErrno"]);

/** A parameter in a script; `at` is its place among the arguments, null where it has none. */
export interface HookParam {
  readonly name: string;
  readonly at: number | null;
  readonly reading: string;
  readonly optional: boolean;
}

/** A send of ws2_32, the provider's call that it is told as, and its parameters. */
export interface SendHook {
  readonly function: string;
  readonly params: readonly HookParam[];
}

/** The sends: WSASend for WSPSend, and so on. */
export function sendHooks(calls: readonly SchemaCall[]): ReadonlyMap<string, SendHook> {
  const provider = calls.filter(({ name }) => name.startsWith("WSP"));
  return new Map(
    provider.map((call) => [
      call.name.replace(/^WSP/, "WSA"),
      { function: call.name, params: hookParams(call.params) },
    ]),
  );
}

function hookParams(params: readonly SchemaParam[]): HookParam[] {
  let at = 0;
  return params.map(({ name, type, optional }) => {
    const reading = READINGS[type] ?? "pointer";
    if (PROVIDERS_OWN.has(name)) return { name, at: null, reading, optional };
    return { name, at: at++, reading, optional };
  });
}

/** What is hooked besides: sends without a twin, the ends of operations and of sockets. */
export const OTHER_HOOKS: readonly string[] = [
  "send",
  "sendto",
  "WSAGetOverlappedResult",
  "shutdown",
  "closesocket",
];

/** The names of all functions that can be hooked. */
export const hookNames = (calls: readonly SchemaCall[]): readonly string[] => [
  ...sendHooks(calls).keys(),
  ...OTHER_HOOKS,
];
