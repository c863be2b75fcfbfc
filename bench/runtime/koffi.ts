/** What koffi itself costs: loops of libc's sends, with nothing of the runtime around them. */
import koffi from "koffi";
import type { Subject } from "./rounds.js";

// As Linux has them on all that it runs on.
const AF_INET = 2;
const [SOCK_STREAM, SOCK_DGRAM] = [1, 2];
const [IPPROTO_TCP, TCP_NODELAY] = [6, 1];
const [MSG_DONTWAIT, MSG_NOSIGNAL] = [0x40, 0x4000];
const FLAGS = MSG_DONTWAIT | MSG_NOSIGNAL;
const SIZE = 16;

/** A sockaddr_in of the loopback. */
const local = (port: number): Uint8Array =>
  Uint8Array.of(AF_INET, 0, port >> 8, port & 0xff, 127, 0, 0, 1, ...new Uint8Array(8));

/** Sends over a connection, with the functions that the native network sends with. */
export function koffiSends(port: number, bytes: number): Subject["run"] {
  const libc = koffi.load(null);
  const connect = libc.func("int connect(int, const void *, unsigned int)");
  const send = libc.func("long send(int, const void *, size_t, int)");
  const fd: unknown = libc.func("int socket(int, int, int)")(AF_INET, SOCK_STREAM, 0);
  const setsockopt = libc.func("int setsockopt(int, int, int, const void *, unsigned int)");
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, Uint8Array.of(1, 0, 0, 0), 4);
  if (connect(fd, local(port), SIZE) !== 0) throw new Error("The sink cannot be reached.");
  const data = Buffer.alloc(bytes, 7);
  return (times) => {
    // It waits where there is no room: nobody else has anything to do meanwhile.
    for (let i = 0; i < times; i++)
      for (let sent = 0; sent < bytes;) {
        const rest = sent === 0 ? data : data.subarray(sent);
        sent += Number(send(fd, rest, bytes - sent, MSG_NOSIGNAL));
      }
  };
}

/** Sends datagrams. */
export function koffiSendsTo(port: number, bytes: number): Subject["run"] {
  const libc = koffi.load(null);
  const prototype = "long sendto(int, const void *, size_t, int, const void *, unsigned int)";
  const sendto = libc.func(prototype);
  const fd: unknown = libc.func("int socket(int, int, int)")(AF_INET, SOCK_DGRAM, 0);
  const sockaddr = local(port);
  const to = koffi.address(sockaddr);
  const data = Buffer.alloc(bytes, 7);
  return (times) => {
    for (let i = 0; i < times; i++)
      if (sendto(fd, data, bytes, FLAGS, to, sockaddr.length) !== bytes)
        throw new Error("A datagram was not sent.");
  };
}
