import { LocationKind } from '../sources/runbookLocations';
import { EntityRunbookLocation, RunbookSource } from '../sources/RunbookSource';
import { RunbookRecord, SourceRecord } from './RunbookRecord';
import { RunbookSearchText } from '@watchkeeper/backstage-plugin-observability-common/runbooks';

/** A source that is this process's to read. */
export interface ClaimedSource extends RunbookSource {
  claim: string;
  /** Of what was read last. */
  etag?: string;
}

/** How a source is. */
export interface SourceState {
  id: string;
  location: string;
  kind: LocationKind;
  entityRefs: string[];
  readAt?: string;
  problem?: { message: string; since: string };
}

/** A runbook without its text. */
export interface StoredRunbook
  extends Omit<RunbookRecord, 'text' | 'search' | 'readAt'> {
  revision: string;
  /** The sources that hold it. */
  sourceIds: string[];
  hasText: boolean;
}

/** Keeps runbooks and the places that they come from. */
export interface RunbookStore {
  /** Where the metadata of entities says that runbooks are. */
  entityLocations(): Promise<EntityRunbookLocation[]>;
  /** Adds the sources that are new, forgets those that are gone with their runbooks; what is read otherwise is due. */
  syncSources(sources: RunbookSource[], now: string): Promise<void>;
  /** Takes a source that is due and that nobody reads. */
  claimSource(options: {
    now: string;
    until: string;
  }): Promise<ClaimedSource | undefined>;
  /** What a source held when it was read last, by the hash of the address. */
  documentsOf(sourceId: string): Promise<Map<string, SourceRecord>>;
  /** Of some ids, those of runbooks that there are, with the hash of their address. */
  urlHashesOf(runbookIds: string[]): Promise<Map<string, string>>;
  /** Of some addresses, those that any source holds, with the ids of their runbooks. */
  runbookIdsOf(urlHashes: string[]): Promise<Map<string, string>>;
  /** A source was read: stores all that it holds, and forgets what it held. Nothing, where the claim was lost. */
  saveSource(
    source: { id: string; claim: string },
    read: {
      records: SourceRecord[];
      etag?: string;
      /** What was left out. */
      omission?: string;
      now: string;
      nextRunAt: string;
    },
  ): Promise<boolean>;
  /** A source is as it was or, with a problem, could not be read: what it held stays. */
  releaseSource(
    source: { id: string; claim: string },
    state: { problem?: string; now: string; nextRunAt: string },
  ): Promise<void>;
  sources(): Promise<SourceState[]>;
  /** Those that hold a runbook. */
  sourcesOf(runbookId: string): Promise<SourceState[]>;

  /** One more with each change of a runbook or of what counts for it. */
  revision(): Promise<number>;
  /** Tells replicas of a change that another table holds. */
  touch(): Promise<void>;
  /** The revisions of all runbooks, by id. */
  revisions(): Promise<Map<string, string>>;
  /** Runbooks without their texts. */
  load(ids: string[]): Promise<StoredRunbook[]>;
  /** The sources of each runbook. */
  sourcesByRunbook(): Promise<Map<string, string[]>>;
  /** What is searched of runbooks. */
  searchTexts(ids: string[]): Promise<Map<string, RunbookSearchText>>;
  /** A runbook with its text. */
  get(id: string): Promise<RunbookRecord | undefined>;
}
