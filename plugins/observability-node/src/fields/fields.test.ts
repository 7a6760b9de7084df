import { z } from 'zod/v4';
import {
  finiteNumber,
  optionalFlag,
  optionalNumber,
  optionalText,
  readableItems,
  vendorId,
} from './fields';

describe('fields of an answer', () => {
  it.each([undefined, null, {}, []])(
    'counts %j as not said, and never as an error',
    value => {
      expect(optionalText.parse(value)).toBeUndefined();
      expect(optionalFlag.parse(value)).toBeUndefined();
      expect(optionalNumber.parse(value)).toBeUndefined();
    },
  );

  it.each([
    [12.5, 12.5],
    ['42', 42],
    ['', undefined],
    ['  ', undefined],
    ['many', undefined],
    [Number.NaN, undefined],
    ['Infinity', undefined],
    [true, undefined],
  ])('reads %j as the number %j', (value, expected) => {
    expect(finiteNumber(value)).toBe(expected);
    expect(optionalNumber.parse(value)).toBe(expected);
  });

  it('takes ids in both of their forms, and refuses a thing without one', () => {
    expect(vendorId.parse(7)).toBe('7');
    expect(vendorId.parse('P7')).toBe('P7');
    expect(vendorId.safeParse('').success).toBe(false);
    expect(vendorId.safeParse(null).success).toBe(false);
  });

  it('keeps the items that can be read beside one that cannot', () => {
    const items = readableItems(z.object({ id: vendorId }));
    expect(items.parse([{ id: 1 }, 'noise', {}, { id: 'b' }])).toEqual([
      { id: '1' },
      { id: 'b' },
    ]);
  });
});
