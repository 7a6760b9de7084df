import {
  Problem,
  SignalKind,
  SignalMeasurement,
  SignalState,
  Status,
  ThresholdOverrides,
} from '@watchkeeper/backstage-plugin-observability-common';
import { LastRestoreTest } from '../restoreTests/restoreTestItem';

/** All that the evaluation of one entity reads. */
export interface EntityInputs {
  entityRef: string;
  title: string;
  ownerRef: string | null;
  thresholds: ThresholdOverrides;
  misconfigurations: { annotation: string; message: string }[];
  /** Since when they are those. */
  misconfiguredSince: string | null;
  signals: SignalInputs[];
  /** The last restores of its databases, the newest first. */
  restoreTests: LastRestoreTest[];
  /** The signals that something is stored of, also those that are no more. */
  storedStates: { targetId: number; kind: string }[];
  /** Its roll-up as it is stored. */
  previous?: PreviousHealth;
}

/** One kind of one target that the entity's annotations name. */
export interface SignalInputs {
  targetId: number;
  provider: string;
  instance: string;
  target: string;
  kind: SignalKind;
  candidate: boolean;
  listed: boolean | null;
  /** Of the last good reading; `null` before the first. */
  observedAt: string | null;
  measurements: SignalMeasurement[];
  problem?: Problem;
  /** Whether a reading ever brought data. */
  hasData: boolean;
  /** The few numbers that lists draw. */
  summary?: unknown;
  previous?: SignalState;
}

/** The stored roll-up. */
export interface PreviousHealth {
  status: Status | null;
  since: string | null;
  /** The transition that began the critical episode which is not over. */
  episodeId: string | null;
  /** Of all columns, to tell whether anything is to be written. */
  fingerprint: string;
}
