/**
 * The numbers of Linux on x64 and arm64 that the native network uses. Names are as in C; where
 * Windows has the same name with another number, generated/ has that one.
 */

/** Address families. */
export const AF = { INET: 2, INET6: 10 } as const;

/** Kinds of sockets, and flags to make one with. */
export const SOCK = { STREAM: 1, DGRAM: 2, NONBLOCK: 0x800, CLOEXEC: 0x80000 } as const;

/** Levels of options and of control messages. */
export const SOL = { IP: 0, SOCKET: 1, TCP: 6, UDP: 17, IPV6: 41 } as const;

/** Options of level SOL_SOCKET. */
export const SO = {
  REUSEADDR: 2, ERROR: 4, BROADCAST: 6, SNDBUF: 7, RCVBUF: 8, LINGER: 13,
} as const; // prettier-ignore

/** Options of level SOL_TCP. */
export const TCP = { NODELAY: 1, INFO: 11 } as const;

/** The state of TCP_INFO in which a connection is no more. */
export const TCP_CLOSE = 7;

/** Options and control messages of level SOL_IP. */
export const IP = {
  TOS: 1, TTL: 2, PKTINFO: 8, RECVERR: 11, RECVTTL: 12, RECVTOS: 13,
} as const; // prettier-ignore

/** Options and control messages of level SOL_IPV6. */
export const IPV6 = {
  RECVERR: 25, V6ONLY: 26, RECVPKTINFO: 49, PKTINFO: 50, RECVHOPLIMIT: 51, HOPLIMIT: 52,
  RECVTCLASS: 66, TCLASS: 67,
} as const; // prettier-ignore

/** The control message of level SOL_UDP that cuts a buffer into datagrams. */
export const UDP_SEGMENT = 103;

/** What an epoll is made and told with. */
export const EPOLL = { CTL_ADD: 1, CTL_DEL: 2, CLOEXEC: 0x80000, ONESHOT: 0x40000000 } as const;

/** Flags of sends and receives. */
export const MSG = { DONTWAIT: 0x40, ERRQUEUE: 0x2000, NOSIGNAL: 0x4000 } as const;

/** How many bytes of the send queue are not acknowledged; an ioctl. */
export const SIOCOUTQ = 0x5411;

/** How many bytes of the send queue have not left; an ioctl. */
export const SIOCOUTQNSD = 0x894b;

/** The argument of `shutdown` that ends sending. */
export const SHUT_WR = 1;

/** The most pieces that one sendmsg takes. */
export const IOV_MAX = 1024;

/** The origins of an extended error that are answers from the network. */
export const SO_EE_ORIGIN = { ICMP: 2, ICMP6: 3 } as const;
