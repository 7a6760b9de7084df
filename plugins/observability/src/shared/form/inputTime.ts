const two = (value: number) => String(value).padStart(2, '0');

/** An instant as a field for date and time holds it: the reader's own clock, to the minute. */
export function toInputValue(date: Date): string {
  const day = [
    date.getFullYear(),
    two(date.getMonth() + 1),
    two(date.getDate()),
  ].join('-');
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The instant that such a field names, or `undefined` where it names none. */
export function fromInputValue(value: string): Date | undefined {
  const date = new Date(value);
  return value && !Number.isNaN(date.getTime()) ? date : undefined;
}
