/** What happens to a datagram on its way: delay, loss, faults, and nobody there. */
import type { Failure } from "../../network/failure.js";
import type { Endpoint } from "../../network/network.js";
import { BROADCAST } from "./addresses.js";
import { BOUNCED, UNREACHABLE } from "./failures.js";
import type { Mark } from "./log.js";
import type { Arrival, Inbox, World } from "./world.js";

/** A datagram on its way. */
export interface Parcel {
  readonly arrival: Arrival;
  readonly to: Endpoint;
  readonly sender: Inbox;
}

/** Puts a datagram on the wire. */
export function carry(world: World, parcel: Parcel): void {
  const { arrival, to } = parcel;
  note(world, ">", parcel);
  if (to.host !== BROADCAST) {
    way(world, parcel, () => world.datagrams.find(to));
    return;
  }
  for (const inbox of world.datagrams.owners(to.port)) {
    const control = arrival.control?.slice() ?? null;
    const copy = { data: arrival.data.slice(), from: arrival.from, control };
    way(world, { ...parcel, arrival: copy }, () => inbox);
  }
}

/** The way to one receiver, who is looked for at its end. */
function way(world: World, parcel: Parcel, receiver: () => Inbox | undefined): void {
  const { clock, faults, random, settings } = world;
  const path = { from: parcel.arrival.from, to: parcel.to };
  const isLost = random.happens(settings.loss);
  const arrive = (): void => {
    if (isLost || faults.isParted(path)) note(world, "x", parcel);
    else if (faults.holds(path)) world.parked.push(arrive);
    else if (faults.isUnreachable(path.to.host)) bounce(world, parcel, UNREACHABLE);
    else {
      const inbox = receiver();
      if (inbox === undefined) {
        bounce(world, parcel, BOUNCED);
        return;
      }
      note(world, "<", parcel);
      inbox.arrived(parcel.arrival);
    }
  };
  clock.after(world.delay(), arrive);
}

function bounce(world: World, parcel: Parcel, failure: Failure): void {
  note(world, "x", parcel);
  world.clock.after(world.delay(), () => parcel.sender.bounced(failure));
}

function note(world: World, mark: Mark, { arrival, to }: Parcel): void {
  if (!world.log.isOn) return;
  const control = arrival.control === null ? "" : `, ${arrival.control.length} of control`;
  const path = { from: arrival.from, to };
  world.log.write(mark, path, `datagram of ${arrival.data.length} bytes${control}`);
}
