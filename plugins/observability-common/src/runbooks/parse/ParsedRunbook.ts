import {
  RunbookCommandPart,
  RunbookProblem,
  RunbookSection,
  RunbookStep,
} from '../../model';

/** What a file of a runbook is.
 * @public */
export interface RunbookSource {
  text: string;
  /** Its address or path; the title and alerts may come from the name of the file. */
  url: string;
}

/** A link of a runbook.
 * @public */
export interface RunbookLink {
  /** As the runbook writes it. */
  url: string;
  /** `relative` to the file; `root`: to a site that is not known; `anchor`: in the same text. */
  kind: 'http' | 'mailto' | 'relative' | 'root' | 'anchor' | 'other';
  isImage: boolean;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
}

/** A variable that a runbook declares.
 * @public */
export interface DeclaredVariable {
  name: string;
  /** May hold `{{ entity.… }}` and `{{ signal.… }}`; absent: a person has to say. */
  value?: string;
}

/** What a search looks at, apart by how much it weighs.
 * @public */
export interface RunbookSearchText {
  /** Without folders and ending. */
  fileName: string;
  alerts: string[];
  title: string;
  symptoms: string[];
  tags: string[];
  headings: string[];
  /** Plain text of all that is no heading, commands among it. */
  body: string;
}

/** A runbook as its file says it, without what others know of it.
 * @public */
export interface ParsedRunbook {
  /** The `id` of the front matter, where it can be one. */
  declaredId?: string;
  title: string;
  alerts: string[];
  /** References of entities, in lower case. */
  services: string[];
  severity?: string;
  owner?: string;
  symptoms: string[];
  tags: string[];
  /** Instant; midnight UTC of a day. It may lie in the future, which no test can. */
  lastTested?: string;
  testedBy?: string;
  declaredVariables: DeclaredVariable[];
  markdown: string;
  sections: RunbookSection[];
  steps: RunbookStep[];
  /** All names that the commands want a value for, in the order of their first use. */
  variableNames: string[];
  links: RunbookLink[];
  searchText: RunbookSearchText;
  /** Lines that say that something is still to be written. */
  toDos: { line: number; column: number; word: string }[];
  /** What is wrong with the file as such; the rest is for the lint. */
  problems: RunbookProblem[];
}

/** A command before it is known which words in it are variables. */
export interface RawCommand {
  language?: string;
  text: string;
  line: number;
}

/** Which pieces a command has. */
export type SplitCommand = (command: RawCommand) => RunbookCommandPart[];
