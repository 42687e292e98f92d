// What happens on boards, each the same in front of any server. A scene that `needs` memory is none for a server that keeps
// nothing.
export { idle } from "./scenes/idle.mjs";
export { rejoin } from "./scenes/rejoin.mjs";
export { reset } from "./scenes/reset.mjs";
export { room } from "./scenes/room.mjs";
export { rooms } from "./scenes/rooms.mjs";
export { soak } from "./scenes/soak.mjs";
