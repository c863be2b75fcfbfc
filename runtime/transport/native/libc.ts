/** The functions of libc that the native network calls. */
import type { Koffi, PollEvents, PollHandle, PollTold } from "./koffi.js";

/** Where memory is. What is always the same is passed so: it takes koffi less than an array. */
export type Address = bigint;

/**
 * Functions of libc by their C names; memory is passed as it is, and changed in place. Those that
 * fail return -1, and `errno` says why until the next call.
 */
export interface Libc {
  errno(): number;
  /** The address of memory; it holds while the memory is referenced. */
  address(memory: Uint8Array): Address;
  poll(fd: number, events: PollEvents, told: PollTold): PollHandle | null;
  epoll_create1(flags: number): number;
  epoll_ctl(epoll: number, what: number, fd: number, event: Uint8Array): number;
  epoll_wait(epoll: number, events: Uint8Array, most: number, milliseconds: number): number;
  socket(family: number, kind: number, protocol: number): number;
  bind(fd: number, address: Uint8Array, length: number): number;
  connect(fd: number, address: Uint8Array, length: number): number;
  listen(fd: number, backlog: number): number;
  accept4(fd: number, address: Uint8Array, length: Uint8Array, flags: number): number;
  getsockname(fd: number, address: Uint8Array, length: Uint8Array): number;
  getsockopt(
    fd: number,
    level: number,
    option: number,
    value: Uint8Array,
    length: Uint8Array,
  ): number;
  setsockopt(fd: number, level: number, option: number, value: Uint8Array, length: number): number;
  ioctl(fd: number, request: number, value: Uint8Array): number;
  shutdown(fd: number, how: number): number;
  close(fd: number): number;
  send(fd: number, data: Uint8Array, length: number, flags: number): number;
  sendto(
    fd: number, data: Uint8Array, length: number, flags: number, to: Address, size: number,
  ): number; // prettier-ignore
  sendmsg(fd: number, message: Address, flags: number): number;
  recv(fd: number, data: Uint8Array, length: number, flags: number): number;
  recvmsg(fd: number, message: Address, flags: number): number;
  inet_pton(family: number, text: string, address: Uint8Array): number;
  if_nametoindex(name: string): number;
}

/** Prototypes; with `long` and `size_t` koffi converts numbers fastest. */
const PROTOTYPES = [
  "int epoll_create1(int)",
  "int epoll_ctl(int, int, int, void *)",
  "int epoll_wait(int, void *, int, int)",
  "int socket(int, int, int)",
  "int bind(int, const void *, unsigned int)",
  "int connect(int, const void *, unsigned int)",
  "int listen(int, int)",
  "int accept4(int, void *, void *, int)",
  "int getsockname(int, void *, void *)",
  "int getsockopt(int, int, int, void *, void *)",
  "int setsockopt(int, int, int, const void *, unsigned int)",
  "int ioctl(int, unsigned long, void *)",
  "int shutdown(int, int)",
  "int close(int)",
  "long send(int, const void *, size_t, int)",
  "long sendto(int, const void *, size_t, int, const void *, unsigned int)",
  "long sendmsg(int, const void *, int)",
  "long recv(int, void *, size_t, int)",
  "long recvmsg(int, void *, int)",
  "int inet_pton(int, const char *, void *)",
  "unsigned int if_nametoindex(const char *)",
] as const;

/** The functions, bound. */
export function libcOf(koffi: Koffi): Libc {
  const library = koffi.load(null);
  const { errno, address, node } = koffi;
  const bound = PROTOTYPES.map((prototype) => {
    const name = /(\w+)\(/.exec(prototype)?.[1] ?? "";
    return [name, library.func(prototype)] as const;
  });
  // The prototypes are in text what the interface is in types.
  const functions = Object.fromEntries(bound) as unknown as Omit<
    Libc,
    "errno" | "address" | "poll"
  >;
  return { ...functions, errno, address, poll: node.poll };
}
