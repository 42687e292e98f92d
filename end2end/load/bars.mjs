// Whether what was measured holds its bar (docs/benchmarks.md). What was not measured does not.
export class Bars {
  missed = [];

  atMost(what, value, most) {
    if (!(value <= most)) this.missed.push(`${what}: ${value}, and the bar is at most ${most}`);
  }

  atLeast(what, value, least) {
    if (!(value >= least)) this.missed.push(`${what}: ${value}, and the bar is at least ${least}`);
  }
}
