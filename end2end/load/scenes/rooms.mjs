// Several rooms at the same time.
import { beat } from "../beat.mjs";
import { measure } from "../gauge.mjs";
import { bytesOf, closeAll, phonesIn } from "./phones.mjs";

export async function* rooms(server, count = 10, people = 200, rate = 2, seconds = 20) {
  const all = [];
  while (all.length < count) all.push(await phonesIn(await server.room(people), people));
  bytesOf(all.flat());
  const end = measure(server.pid);
  // Rooms know nothing of each other: their beats are spread evenly over the period. In step, all rooms would write in the
  // same millisecond, and the last one would be measured waiting for the others.
  const times = (await Promise.all(all.map((phones, at) => beat(phones, rate, seconds, (at * 1000) / rate / count)))).flat();
  yield {
    scene: `rooms: ${count} × ${people} phones, ${rate} cards/s each, ${seconds} s`,
    times,
    cost: end(),
    bytes: bytesOf(all.flat()) / people / times.length,
    doubled: all.flat().reduce((sum, phone) => sum + phone.doubled, 0),
  };
  closeAll(all.flat());
}
