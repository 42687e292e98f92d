// Hocuspocus as most people begin with it: no extension, so no database. It commits nothing before it tells others, and
// forgets a document with its last connection.
import { Server } from "@hocuspocus/server";

const server = new Server({ address: "127.0.0.1", port: 0, quiet: true });
// Port 0 is any free one; `listen(0)` would be none at all.
await server.listen();
console.log(server.address.port);
