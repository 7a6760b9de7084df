import { EntityReport } from '@watchkeeper/backstage-plugin-observability-common';

/** What the pages of an entity know about its report at this moment. See {@link useEntityReport}. */
export type EntityReportState =
  | { state: 'loading' }
  /** The reader lacks a permission; nothing of the service may be shown. */
  | { state: 'forbidden'; permission: string }
  /**
   * There is no report to show: the portal's back end did not answer, or the
   * entity is not there (`error.name` is `NotFoundError`). It says nothing
   * about the service.
   */
  | { state: 'failed'; error: Error; retry(): void; nextTryAt: Date }
  | {
      state: 'loaded';
      report: EntityReport;
      /** A newer report is being read; this one stays until then. */
      refreshing: boolean;
      /**
       * Asks the sources of the service now. Resolves when the back end has
       * taken the wish; the newer report arrives by itself.
       */
      refresh(): Promise<void>;
      /** When the back end last confirmed this report. */
      loadedAt: Date;
      /** Reading it again has failed since then; it is tried again by itself. */
      failure?: { error: Error; nextTryAt: Date };
    };
