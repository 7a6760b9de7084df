import {
  DeclaredVariable,
  RunbookSearchText,
} from '@watchkeeper/backstage-plugin-observability-common/runbooks';

/** What lists, coverage and reminders need of a runbook; its text is not among it. */
export interface RunbookFacts {
  title: string;
  alerts: string[];
  /** The entities that it declares; where there are none, those count that it was found through. */
  services: string[];
  severity?: string;
  owner?: string;
  symptoms: string[];
  tags: string[];
  /** What it says itself; runs count besides. */
  lastTested?: string;
  testedBy?: string;
  declaredVariables: DeclaredVariable[];
  stepCount: number;
  /** Problems of its text; dead links and its age count besides. */
  problemCount: number;
  /** Web addresses that it links to, as often as it does. */
  links: string[];
}

/** A runbook as it is stored. */
export interface RunbookRecord {
  id: string;
  url: string;
  path?: string;
  editUrl?: string;
  facts: RunbookFacts;
  search: RunbookSearchText;
  /** The file; absent where people open a page instead. */
  text?: string;
  contentHash: string;
  readAt: string;
  changedAt?: string;
}

/** A runbook as a source holds it. */
export interface SourceRecord {
  urlHash: string;
  contentHash: string;
  runbookId: string;
  /** Under which id the same file was stored before, where that was another. */
  formerId?: string;
  /** What is to be stored; absent where nothing changed. */
  record?: RunbookRecord;
}
