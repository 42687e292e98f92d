// The results as one Markdown table.
const HEAD = ["scene", "server", "p50 ms", "p99 ms", "worst ms", "bytes", "server CPU", "server MB", "phones: late p99 / worst ms, CPU", "lost / doubled / disordered"];

export function table(rows) {
  return [HEAD, HEAD.map(() => "---"), ...rows.map(cells)].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function cells({ scene, server, times = [], bytes, cost, lost = 0, doubled = 0, disordered = 0 }) {
  const arrived = times.filter(Number.isFinite).sort((one, other) => one - other);
  const at = (share) => arrived[Math.min(arrived.length - 1, Math.floor(arrived.length * share))]?.toFixed(1) ?? "–";
  const { phones } = cost;
  return [
    scene, server, at(0.5), at(0.99), at(1), size(bytes),
    `${(cost.cpuMs / cost.took * 100).toFixed(0)} % (${cost.cpuMs.toFixed(0)} ms)`, cost.memoryMb.toFixed(0),
    `${phones.lateP99.toFixed(1)} / ${phones.lateMax.toFixed(1)}, ${phones.share.toFixed(0)} %`,
    `${lost} / ${doubled} / ${disordered}`,
  ];
}

function size(bytes) {
  if (bytes === undefined) return "–";
  return bytes < 10_000 ? bytes.toFixed(0) : `${(bytes / 1024).toFixed(1)} KB`;
}
