import { parseAnnotationList } from './annotations';

describe('parseAnnotationList', () => {
  it.each([
    [undefined, []],
    ['', []],
    [' , ,', []],
    ['crm-api', ['crm-api']],
    [' acme/crm-api ,\n  crm-worker,', ['acme/crm-api', 'crm-worker']],
    ['b,a,b', ['b', 'a']],
  ])('reads %j', (value, entries) => {
    expect(parseAnnotationList(value)).toEqual(entries);
  });
});
