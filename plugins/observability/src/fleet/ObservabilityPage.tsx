import { Content, Header, Page } from '@backstage/core-components';
import { Container } from '@backstage/ui';
import { useTranslation } from '../shared';
import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';
import { PageTabs } from '../oncall/tabs/PageTabs';
import { ON_CALL_PATH } from '../oncall/usePageHrefs';
import { UPTIME_REPORT_PATH } from '../health/uptime/useUptimeReportHref';
import { FleetPage } from './FleetPage';

const UptimeReportPage = lazy(() =>
  import('../health/uptimeReport/UptimeReportPage').then(m => ({
    default: m.UptimeReportPage,
  })),
);

const OnCallPage = lazy(() =>
  import('../oncall/page/OnCallPage').then(m => ({ default: m.OnCallPage })),
);

/** The list, and below it what is about one service at a time. */
function ObservabilityRoutes() {
  return (
    <Routes>
      <Route
        path={UPTIME_REPORT_PATH}
        element={
          <Suspense fallback={null}>
            <UptimeReportPage />
          </Suspense>
        }
      />
      <Route
        path={ON_CALL_PATH}
        element={
          <>
            <PageTabs current="on-call" />
            <Suspense fallback={null}>
              <OnCallPage />
            </Suspense>
          </>
        }
      />
      <Route
        path="*"
        element={
          <>
            <PageTabs current="services" />
            <FleetPage />
          </>
        }
      />
    </Routes>
  );
}

/** The page of all services within the shell of the new frontend system. */
export function NfsObservabilityPage() {
  return (
    <main>
      <Container>
        <ObservabilityRoutes />
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
        <ObservabilityRoutes />
      </Content>
    </Page>
  );
}
