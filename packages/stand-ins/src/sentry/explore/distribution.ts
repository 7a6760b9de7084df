/** A log-normal distribution with its weight in a mixture. */
export interface Component {
  weight: number;
  /** Of the logarithm. */
  mean: number;
  deviation: number;
}

const Z_75 = 0.6744897501960817;
const Z_95 = 1.6448536269514722;

export function fromMedianAnd(
  weight: number,
  p50: number,
  quantile: { p75: number } | { p95: number },
): Component {
  const mean = Math.log(p50);
  const deviation =
    'p75' in quantile
      ? (Math.log(quantile.p75) - mean) / Z_75
      : (Math.log(quantile.p95) - mean) / Z_95;
  return { weight, mean, deviation: Math.max(deviation, 1e-6) };
}

/** The value below which `fraction` of the mixture lies; null for nothing. */
export function quantileOf(
  components: readonly Component[],
  fraction: number,
): number | null {
  const total = components.reduce((sum, { weight }) => sum + weight, 0);
  if (total <= 0) return null;
  const bounded = Math.min(Math.max(fraction, 0.0001), 0.9999);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { mean, deviation } of components) {
    low = Math.min(low, mean - 6 * deviation);
    high = Math.max(high, mean + 6 * deviation);
  }
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    const below = components.reduce(
      (sum, { weight, mean, deviation }) =>
        sum + weight * normalBelow((middle - mean) / deviation),
      0,
    );
    if (below / total < bounded) low = middle;
    else high = middle;
  }
  return round(Math.exp((low + high) / 2));
}

export function averageOf(components: readonly Component[]): number | null {
  const total = components.reduce((sum, { weight }) => sum + weight, 0);
  if (total <= 0) return null;
  const weighted = components.reduce(
    (sum, { weight, mean, deviation }) =>
      sum + weight * Math.exp(mean + (deviation * deviation) / 2),
    0,
  );
  return round(weighted / total);
}

export function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** The normal distribution's share below `z`, to seven digits. */
function normalBelow(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const tail =
    density *
    t *
    (0.31938153 +
      t *
        (-0.356563782 +
          t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z >= 0 ? 1 - tail : tail;
}
