import {
  configApiRef,
  identityApiRef,
  useApi,
} from '@backstage/frontend-plugin-api';
import { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import { Text } from '@backstage/ui';
import { useEffect, useState } from 'react';
import styles from './HomeLayout.module.css';

/** The widgets that are shown, in this order; the others stay installed. */
const shown = [
  'WatchkeeperTour',
  'HomePageOnCall',
  'HomePageStarredEntities',
  'HomePageRecentlyVisited',
];

/** A greeting, and the widgets in as many columns as there is room for. */
export function HomeLayout(props: HomePageLayoutProps) {
  const title = useApi(configApiRef).getOptionalString('app.title');
  const name = useDisplayName();
  const widgets = shown.flatMap(
    widgetName =>
      props.widgets.find(widget => widget.name === widgetName) ?? [],
  );

  return (
    <main className={styles.page}>
      <div>
        <Text as="h1" variant="title-small" weight="bold">
          {title}
        </Text>
        <Text as="p" variant="body-medium" color="secondary">
          {name && `You are signed in as ${name}.`}
        </Text>
      </div>
      <div className={styles.widgets}>
        {widgets.map(widget => (
          <div key={widget.name}>{widget.component}</div>
        ))}
      </div>
    </main>
  );
}

function useDisplayName(): string | undefined {
  const identityApi = useApi(identityApiRef);
  const [name, setName] = useState<string>();
  useEffect(() => {
    identityApi.getProfileInfo().then(
      ({ displayName }) => setName(displayName),
      () => setName(undefined),
    );
  }, [identityApi]);
  return name;
}
