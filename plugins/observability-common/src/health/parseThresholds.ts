import { findMetric, Metric, METRIC_STATES, METRICS } from '../metrics';
import { parseDurationSeconds } from './duration';
import { isMilder, ThresholdOverride, ThresholdOverrides } from './thresholds';

/** What was understood of thresholds that people wrote, and what was not, in words.
 * @public */
export interface ParsedThresholds {
  overrides: ThresholdOverrides;
  problems: string[];
}

/** More than this is not told: whoever reads it has enough to begin with. */
const MAX_PROBLEMS = 20;
const MAX_QUOTED = 60;
const DURATION_FORMS = '{ minutes: 10 }, "PT10M" or "10m"';

/**
 * Reads an object from metric id to `{ warning, critical, for }`, as it stands
 * in configuration or in an annotation. What cannot be used is left out and
 * told in words that name the metric; the rest counts.
 *
 * @public
 */
export function parseThresholdOverrides(input: unknown): ParsedThresholds {
  const overrides: ThresholdOverrides = {};
  const problems: string[] = [];
  if (input === undefined || input === null) {
    return { overrides, problems };
  }
  if (!isObject(input)) {
    problems.push(
      `Thresholds must be an object from metric to { warning, critical, for }, not ${quote(
        input,
      )}.`,
    );
    return { overrides, problems };
  }
  for (const [id, value] of Object.entries(input)) {
    const metric = findMetric(id);
    if (!metric) {
      problems.push(
        `${quote(id)} is not a metric. The metrics are ${METRICS.map(
          known => known.id,
        ).join(', ')}.`,
      );
      continue;
    }
    const override = parseOverride(metric, value, problems);
    if (Object.keys(override).length > 0) {
      overrides[id] = override;
    }
  }
  return { overrides, problems: atMost(problems, MAX_PROBLEMS) };
}

/**
 * Reads the JSON text of the annotation `watchkeeper.io/thresholds`.
 *
 * @public
 */
export function parseThresholdsAnnotation(
  text: string | undefined,
): ParsedThresholds {
  if (text === undefined || text.trim() === '') {
    return { overrides: {}, problems: [] };
  }
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    return {
      overrides: {},
      problems: [
        `Thresholds must be JSON such as {"errors.rate": {"warning": 0.001}}, not ${quote(
          text,
        )}.`,
      ],
    };
  }
  return parseThresholdOverrides(input);
}

function parseOverride(
  metric: Metric,
  input: unknown,
  problems: string[],
): ThresholdOverride {
  const override: ThresholdOverride = {};
  if (!isObject(input)) {
    problems.push(
      `${metric.id} must be an object { warning, critical, for }, not ${quote(
        input,
      )}.`,
    );
    return override;
  }
  for (const [key, value] of Object.entries(input)) {
    if (key === 'warning' || key === 'critical') {
      const problem =
        value === null ? undefined : problemOfLimit(metric, value);
      if (problem) {
        problems.push(`${metric.id}: ${key} ${problem}`);
      } else {
        override[key] = value as number | string | null;
      }
    } else if (key === 'for') {
      const seconds = parseDurationSeconds(value);
      if (seconds === undefined) {
        problems.push(
          `${
            metric.id
          }: for must be a duration such as ${DURATION_FORMS}, not ${quote(
            value,
          )}.`,
        );
      } else {
        override.forSeconds = seconds;
      }
    } else {
      problems.push(
        `${metric.id}: ${quote(
          key,
        )} is not known; a threshold has warning, critical and for.`,
      );
    }
  }
  const { warning, critical } = override;
  if (
    isLimit(warning) &&
    isLimit(critical) &&
    isMilder(metric, critical, warning)
  ) {
    problems.push(
      `${
        metric.id
      }: critical (${critical}) comes before warning (${warning}); it must be ${
        metric.direction === 'above' ? 'at or above' : 'at or below'
      } it. Neither is used.`,
    );
    delete override.warning;
    delete override.critical;
  }
  return override;
}

/** What is wrong with a limit, as the rest of a sentence. */
function problemOfLimit(metric: Metric, value: unknown): string | undefined {
  if (metric.unit === 'state') {
    // The first state is the good one: as a limit it would always be breached.
    const states = METRIC_STATES[metric.id].slice(1);
    return states.includes(String(value))
      ? undefined
      : `must be ${states.map(state => `"${state}"`).join(' or ')}, not ${quote(
          value,
        )}.`;
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return `must be a number, or null to switch it off, not ${quote(value)}.`;
  }
  if (value < 0) {
    return `must not be negative, but is ${value}.`;
  }
  if (metric.maximum !== undefined && value > metric.maximum) {
    return `must be a fraction from 0 to 1, such as 0.8 for 80 %, not ${value}.`;
  }
  return undefined;
}

function isLimit(
  value: number | string | null | undefined,
): value is number | string {
  return value !== null && value !== undefined;
}

function isObject(input: unknown): input is Record<string, unknown> {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}

/** What somebody wrote, as they wrote it, but never at length. */
function quote(input: unknown): string {
  const text = JSON.stringify(input) ?? String(input);
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
}

function atMost(problems: string[], limit: number): string[] {
  return problems.length <= limit
    ? problems
    : [
        ...problems.slice(0, limit),
        `${problems.length - limit} more problems like these.`,
      ];
}
