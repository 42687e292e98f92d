// What happens on boards, each the same in front of any server. `needs` is what a server must be able to do for it.
export { idle } from "./scenes/idle.mjs";
export { rejoin } from "./scenes/rejoin.mjs";
export { reset } from "./scenes/reset.mjs";
export { room } from "./scenes/room.mjs";
export { rooms } from "./scenes/rooms.mjs";
export { soak } from "./scenes/soak.mjs";
