// Hocuspocus under the same load.
import { serve } from "./child.mjs";
import { HocuspocusPhone } from "./hocuspocus-phone.mjs";

export async function start() {
  const { pid, url, stop } = await serve("hocuspocus-server.mjs");
  return {
    pid,
    stop,
    async room() {
      const name = crypto.randomUUID();
      const phone = () => new HocuspocusPhone(url, name);
      // Nothing is kept, so there is nothing to compare with but what a newcomer is told.
      return { phone, guest: phone, listed: (newcomer) => newcomer.order() };
    },
  };
}
