/** Between a number and its unit, and between thousands: never breaks a line. */
export const NO_BREAK_SPACE = '\u00a0';

const BYTE_UNITS = [
  [1e12, 'terabyte'],
  [1e9, 'gigabyte'],
  [1e6, 'megabyte'],
  [1e3, 'kilobyte'],
] as const;

/** How numbers are written in one language. */
export interface NumberFormat {
  /** `1 236`; at most as many decimals as asked, none by default. */
  number(value: number, maximumDecimals?: number): string;
  /**
   * A fraction as `1.84 %`. Two decimals by default. 100 % has none, and only
   * what is 100 % is shown as that.
   */
  percent(
    fraction: number,
    decimals?: { minimum: number; maximum: number },
  ): string;
  /** How much more or less: `+212 %`. */
  change(fraction: number): string;
  /** How many times as much: `5.8×`. */
  multiple(ratio: number): string;
  /** A size: `8.2 GB`. */
  bytes(value: number): string;
}

/** English is written with the day before the month and a clock of 24 hours. */
export function localeOf(language: string): string {
  return language === 'en' ? 'en-GB' : language;
}

/** The number format of a language, with spaces between thousands. */
export function createNumberFormat(language: string): NumberFormat {
  const locale = localeOf(language);
  const formats = new Map<string, Intl.NumberFormat>();

  function format(value: number, minimum: number, maximum: number): string {
    const key = `${minimum}-${maximum}`;
    let formatter = formats.get(key);
    if (!formatter) {
      formatter = new Intl.NumberFormat(locale, {
        minimumFractionDigits: minimum,
        maximumFractionDigits: maximum,
      });
      formats.set(key, formatter);
    }
    return formatter
      .formatToParts(value)
      .map(part => (part.type === 'group' ? NO_BREAK_SPACE : part.value))
      .join('');
  }

  const withPercentSign = (text: string) => `${text}${NO_BREAK_SPACE}%`;

  return {
    number: (value, maximumDecimals = 0) => format(value, 0, maximumDecimals),
    percent(fraction, decimals = { minimum: 2, maximum: 2 }) {
      const value = fraction * 100;
      const smallest = 10 ** -decimals.maximum;
      if (value === 0 || value >= 100) {
        return withPercentSign(format(value, 0, 0));
      }
      if (value < smallest) {
        return `<${NO_BREAK_SPACE}${withPercentSign(
          format(smallest, 0, decimals.maximum),
        )}`;
      }
      const capped = Math.min(value, 100 - smallest);
      return withPercentSign(
        format(capped, decimals.minimum, decimals.maximum),
      );
    },
    change(fraction) {
      const percent = Math.round(fraction * 100);
      const sign = percent < 0 ? '\u2212' : '+';
      return withPercentSign(`${sign}${format(Math.abs(percent), 0, 0)}`);
    },
    bytes(value) {
      const unit = BYTE_UNITS.find(([size]) => value >= size) ?? BYTE_UNITS[3];
      return new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: unit[1],
        unitDisplay: 'short',
        maximumFractionDigits: value / unit[0] < 10 ? 1 : 0,
      })
        .format(value / unit[0])
        .replace(/\s/g, NO_BREAK_SPACE);
    },
    multiple: ratio => `${format(ratio, 0, ratio < 10 ? 1 : 0)}×`,
  };
}
