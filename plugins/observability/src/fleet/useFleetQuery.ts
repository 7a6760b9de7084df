import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { FleetQuery, parseFleetQuery, writeFleetQuery } from './fleetQuery';

/** How the query of the list is changed. */
export interface FleetQueryControl {
  query: FleetQuery;
  /** Filters, or another page size: the list starts over. */
  narrow(change: Partial<Omit<FleetQuery, 'cursor' | 'from'>>): void;
  clear(): void;
  /** Another page of the same list; one can go back to the one before. */
  turnTo(page: { cursor?: string; from: number }): void;
}

/** The query in the address of the page. */
export function useFleetQuery(): FleetQueryControl {
  const [parameters, setParameters] = useSearchParams();
  const query = useMemo(() => parseFleetQuery(parameters), [parameters]);

  const write = useCallback(
    (change: Partial<FleetQuery>, options: { replace: boolean }) =>
      setParameters(
        current =>
          writeFleetQuery({ ...parseFleetQuery(current), ...change }, current),
        options,
      ),
    [setParameters],
  );

  return useMemo(
    () => ({
      query,
      narrow: change =>
        write({ ...change, cursor: undefined }, { replace: true }),
      clear: () =>
        write(
          {
            statuses: [],
            owner: undefined,
            system: undefined,
            text: '',
            cursor: undefined,
          },
          { replace: true },
        ),
      turnTo: page => write(page, { replace: false }),
    }),
    [query, write],
  );
}
