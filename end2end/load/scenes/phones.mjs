// Phones in a room, all of them there.
import { until } from "../../support/platform.mjs";

export async function phonesIn(room, people) {
  const phones = Array.from({ length: people }, (_, seat) => room.phone(seat).open());
  await allThere(phones);
  return phones;
}

export function allThere(phones) {
  return until("every phone to have the board", () => phones.every((phone) => phone.isThere), 60_000);
}

// Whoever joins now, and so is told of everything.
export async function newcomerTo(room) {
  const phone = room.guest().open();
  await allThere([phone]);
  return phone;
}

export function closeAll(phones) {
  for (const phone of phones) phone.close();
}

// What all of them were sent since the last time that this was asked.
export function bytesOf(phones) {
  return phones.reduce((sum, phone) => {
    const { bytes } = phone;
    phone.bytes = 0;
    return sum + bytes;
  }, 0);
}
