import { createContext, useContext } from 'react';
import { PersonMark } from '../timeline/people';
import { DraftProblems } from './draftProblems';
import { EntityOption } from './EntityCombobox';

/** What all fields of the editor share. */
export interface EditorContext {
  isReadOnly: boolean;
  /** What is wrong, by place; only what is to be shown now. */
  problems: DraftProblems;
  /** Names of people, by reference. */
  names: ReadonlyMap<string, string>;
  zones: ReadonlyMap<string, string>;
  marks: ReadonlyMap<string, PersonMark>;
  /** References of those whom the catalog does not know. */
  unknown: ReadonlySet<string>;
  /** References of those who have the watch now. */
  onWatch: ReadonlySet<string>;
  /** Zone of the schedule. */
  timeZone: string;
  /** Remembers the name of somebody who was chosen. */
  onChosen(person: EntityOption): void;
}

const Context = createContext<EditorContext | undefined>(undefined);

/** Gives the fields what they share. */
export const EditorContextProvider = Context.Provider;

/** What all fields of the editor share. */
export function useEditor(): EditorContext {
  const context = useContext(Context);
  if (!context) {
    throw new Error('The fields of a schedule stand outside its editor');
  }
  return context;
}
