// One room.
import { beat } from "../beat.mjs";
import { measure } from "../gauge.mjs";
import { bytesOf, closeAll, phonesIn } from "./phones.mjs";

export async function* room(server, people = 200, rate = 2, seconds = 20) {
  const phones = await phonesIn(await server.room(people), people);
  bytesOf(phones);
  const end = measure(server.pid);
  const times = await beat(phones, rate, seconds);
  yield {
    scene: `room: ${people} phones, ${rate} cards/s, ${seconds} s`,
    times,
    cost: end(),
    bytes: bytesOf(phones) / people / times.length,
    doubled: phones.reduce((sum, phone) => sum + phone.doubled, 0),
  };
  closeAll(phones);
}
