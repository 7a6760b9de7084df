import { ResponseError } from '@backstage/errors';
import { useEffect } from 'react';
import {
  EntityHealthListState,
  useEntityHealthList,
} from '../api/useEntityHealthList';
import { Scope } from '../shared';
import { FleetHeading } from './FleetHeading';
import { FleetList } from './FleetList';
import { FleetFailed, FleetForbidden } from './FleetNotices';
import { FleetSkeleton } from './FleetSkeleton';
import { useFleetQuery } from './useFleetQuery';
import styles from './FleetPage.module.css';

/** All services, worst first. */
export function FleetPage() {
  const control = useFleetQuery();
  const { query, narrow } = control;
  const state = useEntityHealthList({
    status: query.statuses,
    owner: query.owner,
    system: query.system,
    text: query.text.trim(),
    limit: query.pageSize,
    cursor: query.cursor,
  });

  // An address may be older than the list: its page is no more.
  const isLost =
    query.cursor !== undefined && (isRefused(state) || isEmpty(state));
  useEffect(() => {
    if (isLost) {
      narrow({});
    }
  }, [isLost, narrow]);

  return (
    <Scope className={styles.page}>
      {state.state === 'loaded' ? (
        <FleetList {...state} control={control} />
      ) : (
        <>
          <FleetHeading />
          {state.state === 'loading' && <FleetSkeleton />}
          {state.state === 'forbidden' && (
            <FleetForbidden permission={state.permission} />
          )}
          {state.state === 'failed' && <FleetFailed {...state} />}
        </>
      )}
    </Scope>
  );
}

function isRefused(state: EntityHealthListState): boolean {
  const error =
    state.state === 'failed'
      ? state.error
      : state.state === 'loaded' && state.failure?.error;
  return error instanceof ResponseError && error.statusCode === 400;
}

function isEmpty(state: EntityHealthListState): boolean {
  return (
    state.state === 'loaded' && !state.outdated && state.list.items.length === 0
  );
}
