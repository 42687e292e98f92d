// The relay under the same load. It keeps nothing: whoever comes back has missed what was said.
import { serve } from "./child.mjs";
import { RelayPhone } from "./relay-phone.mjs";

export async function start() {
  const { pid, url, stop } = await serve("relay-server.mjs");
  return {
    pid,
    stop,
    async room() {
      const address = `${url}/${crypto.randomUUID()}`;
      const phone = () => new RelayPhone(address);
      return { phone, guest: phone };
    },
  };
}
