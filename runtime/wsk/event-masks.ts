/** Which events the callbacks of a client are for. */
import {
  WSK_EVENT_ACCEPT, WSK_EVENT_DISCONNECT, WSK_EVENT_RECEIVE, WSK_EVENT_RECEIVE_FROM,
  WSK_EVENT_SEND_BACKLOG,
} from "../../generated/index.js"; // prettier-ignore
import type {
  WSK_CLIENT_CONNECTION_DISPATCH, WSK_CLIENT_DATAGRAM_DISPATCH, WSK_CLIENT_LISTEN_DISPATCH,
} from "./client-dispatch.js"; // prettier-ignore

/** All events of connections; a listening socket passes them on to those that it accepts. */
export const CONNECTION_EVENTS: number =
  WSK_EVENT_RECEIVE | WSK_EVENT_DISCONNECT | WSK_EVENT_SEND_BACKLOG;

/** The events for which a connection has callbacks. */
export function connectionEvents(dispatch: WSK_CLIENT_CONNECTION_DISPATCH | null): number {
  return (
    (dispatch?.WskReceiveEvent ? WSK_EVENT_RECEIVE : 0) |
    (dispatch?.WskDisconnectEvent ? WSK_EVENT_DISCONNECT : 0) |
    (dispatch?.WskSendBacklogEvent ? WSK_EVENT_SEND_BACKLOG : 0)
  );
}

/** The events that may be switched on at a listening socket: its own, and those it passes on. */
export function listenEvents(dispatch: WSK_CLIENT_LISTEN_DISPATCH | null): number {
  return (dispatch?.WskAcceptEvent ? WSK_EVENT_ACCEPT : 0) | CONNECTION_EVENTS;
}

/** The events for which a datagram socket has callbacks. */
export function datagramEvents(dispatch: WSK_CLIENT_DATAGRAM_DISPATCH | null): number {
  return dispatch?.WskReceiveFromEvent ? WSK_EVENT_RECEIVE_FROM : 0;
}
