// The floor of such a test: whatever somebody says, everybody in the room hears. Nothing is looked at, nothing is kept.
import { WebSocketServer } from "ws";

const rooms = new Map();
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
server.on("connection", (ws, request) => {
  const room = rooms.get(request.url) ?? new Set();
  rooms.set(request.url, room.add(ws));
  ws.on("message", (data) => {
    for (const other of room) other.send(data, { binary: false });
  });
  ws.on("error", () => {});
  ws.on("close", () => room.delete(ws));
});
server.on("listening", () => console.log(server.address().port));
