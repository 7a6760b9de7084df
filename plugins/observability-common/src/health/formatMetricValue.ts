const NO_BREAK_SPACE = '\u00a0';
const NARROW_NO_BREAK_SPACE = '\u202f';

/** How a value is written otherwise than usual.
 * @public
 */
export interface FormatMetricValueOptions {
  /** For values that people compare: more digits than usual, such as a value just past its limit. */
  maximumFractionDigits?: number;
  /** `always` writes a plus before what grew. */
  sign?: 'auto' | 'always';
}

/**
 * A value of a metric as people read it: `1.84 %`, `1 420 ms`, `12 days`.
 *
 * Thousands are grouped with a narrow no-break space in every language, which
 * cannot be taken for a decimal point, and a no-break space stands before the
 * unit. Fractions are drawn as percent, and one that is short of the whole never
 * reads 100 %. States are returned as they are.
 *
 * @public
 */
export function formatMetricValue(
  value: number | string,
  unit: string,
  locale: string = 'en',
  options: FormatMetricValueOptions = {},
): string {
  if (typeof value === 'string' || unit === 'state') {
    return String(value);
  }
  switch (unit) {
    case 'fraction':
      return `${formatPercent(value, locale, options)}${NO_BREAK_SPACE}%`;
    case 'count':
      return formatNumber(value, locale, options, {
        maximumFractionDigits: Number.isInteger(value) ? 0 : 1,
      });
    case 'milliseconds':
      return `${formatNumber(value, locale, options, {
        maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0,
      })}${NO_BREAK_SPACE}ms`;
    case 'per-minute':
      return `${formatNumber(value, locale, options, {
        maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0,
      })}/min`;
    case 'days':
    case 'hours':
      return formatNumber(value, locale, options, {
        style: 'unit',
        unit: unit.slice(0, -1),
        unitDisplay: 'long',
        maximumFractionDigits: Math.abs(value) < 1 ? 1 : 0,
      });
    default:
      return `${formatNumber(value, locale, options, {
        maximumFractionDigits: 2,
      })}${unit ? `${NO_BREAK_SPACE}${unit}` : ''}`;
  }
}

function formatPercent(
  fraction: number,
  locale: string,
  options: FormatMetricValueOptions,
): string {
  const percent = fraction * 100;
  const magnitude = Math.abs(percent);
  let digits: Intl.NumberFormatOptions = { maximumFractionDigits: 2 };
  if (magnitude >= 1000) {
    digits = { maximumFractionDigits: 0 };
  } else if (magnitude > 0 && magnitude < 0.1) {
    // Rare is not never.
    digits = { maximumSignificantDigits: 2 };
  } else if (
    magnitude > 99.99 &&
    magnitude < 100 &&
    options.maximumFractionDigits === undefined
  ) {
    return formatNumber(Math.sign(percent) * 99.99, locale, options, digits);
  }
  return formatNumber(percent, locale, options, digits);
}

function formatNumber(
  value: number,
  locale: string,
  options: FormatMetricValueOptions,
  defaults: Intl.NumberFormatOptions,
): string {
  const format = numberFormat(locale, {
    ...defaults,
    ...(options.maximumFractionDigits === undefined
      ? {}
      : {
          maximumFractionDigits: options.maximumFractionDigits,
          maximumSignificantDigits: undefined,
        }),
    signDisplay: options.sign === 'always' ? 'exceptZero' : 'auto',
  });
  return format
    .formatToParts(value)
    .map(part => {
      if (part.type === 'group') {
        return NARROW_NO_BREAK_SPACE;
      }
      return part.type === 'literal'
        ? part.value.replace(/\s/g, NO_BREAK_SPACE)
        : part.value;
    })
    .join('');
}

const formats = new Map<string, Intl.NumberFormat>();

/** Making a format is slow enough to be felt where a page draws hundreds of values. */
function numberFormat(
  locale: string,
  options: Intl.NumberFormatOptions,
): Intl.NumberFormat {
  const key = JSON.stringify([locale, options]);
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, options);
    formats.set(key, format);
  }
  return format;
}
