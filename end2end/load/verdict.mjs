// Whether every phone has what was written: nothing lost, nothing there twice, and all in the order of the server.
export async function verdict(room, phones, written, newcomer) {
  const listed = room.listed(newcomer);
  const kept = new Set(room.kept ? await room.kept() : listed);
  const lost = (has) => written.filter((text) => !has(text)).length;
  const sum = (count) => phones.reduce((all, phone) => all + count(phone), 0);
  return {
    lost: lost((text) => kept.has(text)) + sum((phone) => lost((text) => phone.known.ids.has(text))),
    doubled: listed.length - new Set(listed).size + sum((phone) => phone.doubled + phone.cards.size - new Set(phone.cards.values()).size),
    disordered: sum((phone) => Number(!isSame(phone.order(), listed))),
  };
}

function isSame(one, other) {
  return one.length === other.length && one.every((text, at) => text === other[at]);
}
