import { parseFleetQuery, writeFleetQuery } from './fleetQuery';

describe('fleetQuery', () => {
  it('reads an address and writes the same, leaving what is not its own', () => {
    const address =
      'tab=1&status=critical%2Cunconfigured&owner=group%3Adefault%2Fcrm&system=system%3Adefault%2Fvisioncrm&q=a+b&limit=50&cursor=x&from=51';
    const query = parseFleetQuery(new URLSearchParams(address));
    expect(query).toEqual({
      statuses: ['critical', 'unconfigured'],
      owner: 'group:default/crm',
      system: 'system:default/visioncrm',
      text: 'a b',
      pageSize: 50,
      cursor: 'x',
      from: 51,
    });
    expect(
      writeFleetQuery(query, new URLSearchParams('tab=1&cursor=y')).toString(),
    ).toBe(
      'tab=1&cursor=x&status=critical%2Cunconfigured&owner=group%3Adefault%2Fcrm&system=system%3Adefault%2Fvisioncrm&q=a+b&limit=50&from=51',
    );
  });

  it.each(['', 'status=worse&limit=7&from=26', 'limit=1e9&from=-4&cursor='])(
    'takes the first page of everything for "%s"',
    address => {
      const query = parseFleetQuery(new URLSearchParams(address));
      expect(query).toEqual({ statuses: [], text: '', pageSize: 25, from: 1 });
      expect(
        writeFleetQuery(query, new URLSearchParams(address)).toString(),
      ).toBe('');
    },
  );

  it.each(['0', '-1', '2.5', 'x', '9'.repeat(30)])(
    'counts from 1 where the address says %s',
    from => {
      const parameters = new URLSearchParams({ cursor: 'x', from });
      expect(parseFleetQuery(parameters).from).toBe(1);
    },
  );
});
