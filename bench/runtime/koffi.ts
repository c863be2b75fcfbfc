/** What koffi itself costs: loops of libc's sends, with nothing of the runtime around them. */
import koffi from "koffi";
import { AF, MSG, SOCK, SOL, TCP } from "../../runtime/transport/native/linux.js";
import type { Subject } from "./rounds.js";

const FLAGS = MSG.DONTWAIT | MSG.NOSIGNAL;
const SIZE = 16;

/** A sockaddr_in of the loopback. */
const local = (port: number): Uint8Array =>
  Uint8Array.of(AF.INET, 0, port >> 8, port & 0xff, 127, 0, 0, 1, ...new Uint8Array(8));

/** Sends over a connection, with the functions that the native network sends with. */
export function koffiSends(port: number, bytes: number): Subject {
  const libc = koffi.load(null);
  const connect = libc.func("int connect(int, const void *, unsigned int)");
  const send = libc.func("long send(int, const void *, size_t, int)");
  const fd: unknown = libc.func("int socket(int, int, int)")(AF.INET, SOCK.STREAM, 0);
  const setsockopt = libc.func("int setsockopt(int, int, int, const void *, unsigned int)");
  setsockopt(fd, SOL.TCP, TCP.NODELAY, Uint8Array.of(1, 0, 0, 0), 4);
  if (connect(fd, local(port), SIZE) !== 0) throw new Error("The sink cannot be reached.");
  const data = Buffer.alloc(bytes, 7);
  return {
    name: "koffi, a loop of send",
    run: (times) => {
      // It waits where there is no room: nobody else has anything to do meanwhile.
      for (let i = 0; i < times; i++)
        for (let sent = 0; sent < bytes;)
          sent += Number(
            send(fd, sent === 0 ? data : data.subarray(sent), bytes - sent, MSG.NOSIGNAL),
          );
    },
  };
}

/** Sends datagrams. */
export function koffiSendsTo(port: number, bytes: number): Subject {
  const libc = koffi.load(null);
  const prototype = "long sendto(int, const void *, size_t, int, const void *, unsigned int)";
  const sendto = libc.func(prototype);
  const fd: unknown = libc.func("int socket(int, int, int)")(AF.INET, SOCK.DGRAM, 0);
  const sockaddr = local(port);
  const to = koffi.address(sockaddr);
  const data = Buffer.alloc(bytes, 7);
  return {
    name: "koffi, a loop of sendto",
    run: (times) => {
      for (let i = 0; i < times; i++)
        if (sendto(fd, data, bytes, FLAGS, to, sockaddr.length) !== bytes)
          throw new Error("A datagram was not sent.");
    },
  };
}
