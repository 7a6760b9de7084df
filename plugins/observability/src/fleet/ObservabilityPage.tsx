import { Content, Header, Page } from '@backstage/core-components';
import { Container } from '@backstage/ui';
import { useTranslation } from '../shared';
import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';
import { PageTabs } from '../oncall/tabs/PageTabs';
import {
  EDIT_SCHEDULE_PATH,
  NEW_SCHEDULE_PATH,
  ON_CALL_PATH,
  SHIFT_PATH,
} from '../oncall/usePageHrefs';
import { UPTIME_REPORT_PATH } from '../health/uptime/useUptimeReportHref';
import { FleetPage } from './FleetPage';

const ShiftPage = lazy(() =>
  import('../oncall/handoff/ShiftPage').then(m => ({ default: m.ShiftPage })),
);

const UptimeReportPage = lazy(() =>
  import('../health/uptimeReport/UptimeReportPage').then(m => ({
    default: m.UptimeReportPage,
  })),
);

const OnCallPage = lazy(() =>
  import('../oncall/page/OnCallPage').then(m => ({ default: m.OnCallPage })),
);

const NewSchedulePage = lazy(() =>
  import('../oncall/editor/ScheduleEditorPage').then(m => ({
    default: m.NewSchedulePage,
  })),
);

const EditSchedulePage = lazy(() =>
  import('../oncall/editor/ScheduleEditorPage').then(m => ({
    default: m.EditSchedulePage,
  })),
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
        path={SHIFT_PATH}
        element={
          <>
            <PageTabs current="on-call" />
            <Suspense fallback={null}>
              <ShiftPage />
            </Suspense>
          </>
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
        path={NEW_SCHEDULE_PATH}
        element={
          <>
            <PageTabs current="on-call" />
            <Suspense fallback={null}>
              <NewSchedulePage />
            </Suspense>
          </>
        }
      />
      <Route
        path={EDIT_SCHEDULE_PATH}
        element={
          <>
            <PageTabs current="on-call" />
            <Suspense fallback={null}>
              <EditSchedulePage />
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
