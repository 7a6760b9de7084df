import { Container, Link } from '@backstage/ui';
import { stateEntities } from './entities';

const LIST_STATES = [
  '',
  'first-capability',
  'loading',
  'empty',
  'no-source',
  'forbidden',
  'failed',
];

/** Links to every state of the pages. */
export function StatesPage() {
  return (
    <Container>
      <h2>All services</h2>
      <ul>
        {LIST_STATES.map(state => (
          <li key={state}>
            <Link href={`/observability${state && `?state=${state}`}`}>
              {state || 'loaded'}
            </Link>
          </li>
        ))}
      </ul>
      <h2>Uptime of a month</h2>
      <ul>
        <li>
          <Link href="/observability/uptime-report?entityRef=component:default/everything">
            uptime report
          </Link>
        </li>
      </ul>
      <h2>One service</h2>
      <ul>
        {stateEntities.map(({ kind, metadata }) => (
          <li key={metadata.name}>
            <Link
              href={`/catalog/default/${kind.toLowerCase()}/${metadata.name}`}
            >
              {metadata.name}, overview
            </Link>{' '}
            <Link
              href={`/catalog/default/${kind.toLowerCase()}/${
                metadata.name
              }/health`}
            >
              Health
            </Link>
          </li>
        ))}
      </ul>
    </Container>
  );
}
