import { V2Failure } from '../errors';

/** A switch: `1` is on. */
export function isOn(
  parameters: Record<string, unknown>,
  name: string,
): boolean {
  return String(parameters[name] ?? '0') === '1';
}

/** A whole number, or `undefined` where it is not given. */
export function readNumber(
  parameters: Record<string, unknown>,
  name: string,
): number | undefined {
  const passed = parameters[name];
  if (passed === undefined || passed === '') return undefined;
  const value = Number(passed);
  if (!Number.isInteger(value) || value < 0) {
    throw V2Failure.invalid(
      name,
      String(passed),
      `${name} must be an integer number`,
    );
  }
  return value;
}

/** Numbers joined with `-`, of which each may have to be one of a few. */
export function readList(
  parameters: Record<string, unknown>,
  name: string,
  allowed?: readonly number[],
): number[] | undefined {
  const passed = parameters[name];
  if (passed === undefined || passed === '') return undefined;
  const values = String(passed).split('-').map(Number);
  const odd = values.find(value =>
    allowed ? !allowed.includes(value) : !Number.isInteger(value),
  );
  if (odd !== undefined) {
    throw V2Failure.invalid(
      name,
      String(passed),
      `each value in ${name} must be ${
        allowed
          ? `one of the following values: ${allowed.join(',')}`
          : 'an integer number'
      }`,
    );
  }
  return values;
}

/** Fifty at most, whatever is asked for. */
export function pageOf<T>(
  items: readonly T[],
  parameters: Record<string, unknown>,
) {
  const offset = readNumber(parameters, 'offset') ?? 0;
  const limit = Math.min(readNumber(parameters, 'limit') ?? 50, 50);
  return {
    pagination: { offset, limit, total: items.length },
    page: items.slice(offset, offset + limit),
  };
}
