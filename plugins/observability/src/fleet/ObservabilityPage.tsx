import { Content, Header, Page } from '@backstage/core-components';
import { Container } from '@backstage/ui';
import { useTranslation } from '../shared';
import { FleetPage } from './FleetPage';

/** The page of all services within the shell of the new frontend system. */
export function NfsObservabilityPage() {
  return (
    <main>
      <Container>
        <FleetPage />
      </Container>
    </main>
  );
}

/** The page of all services with a shell of its own, for the legacy frontend system. */
export function ObservabilityPage() {
  const t = useTranslation();
  return (
    <Page themeId="tool">
      <Header title={t('fleet.pageTitle')} />
      <Content>
        <FleetPage />
      </Content>
    </Page>
  );
}
