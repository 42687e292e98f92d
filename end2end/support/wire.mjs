// What goes over the wire from the server to a device, headers and all, counted between them: whoever asks, a page or its
// service worker, and whatever a cache of the device answers by itself is not there.
import { connect, createServer } from "node:net";
import { until } from "./platform.mjs";

export class Wire {
  bytes = 0;
  lines = new Set();

  static async to(platform) {
    const wire = new Wire();
    wire.server = createServer((device) => {
      const server = connect(platform.port, "127.0.0.1");
      server.on("data", (data) => { wire.bytes += data.length; });
      for (const [one, other] of [[device, server], [server, device]]) {
        wire.lines.add(one);
        one.on("error", () => other.destroy());
        one.on("close", () => { wire.lines.delete(one); other.destroy(); });
        one.pipe(other);
      }
    });
    await new Promise((resolve) => { wire.server.listen(0, "127.0.0.1", resolve); });
    wire.url = `http://127.0.0.1:${wire.server.address().port}`;
    return wire;
  }

  // Bytes of what is done, until nothing more comes.
  async during(deed) {
    const before = this.bytes;
    await deed();
    let [last, stood] = [-1, 0];
    await until("a quiet wire", () => {
      stood = this.bytes === last ? stood + 1 : 0;
      last = this.bytes;
      return stood >= 20;
    });
    return this.bytes - before;
  }

  stop() {
    for (const line of this.lines) line.destroy();
    this.server.close();
  }
}
