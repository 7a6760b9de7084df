import { useTranslation } from '../../shared';
import { useEditor } from './editorContext';

/** What is wrong at a place, in words; `undefined` where nothing is. */
export function useProblem(): (place: string) => string | undefined {
  const t = useTranslation();
  const { problems } = useEditor();
  return place => {
    const code = problems.get(place);
    return code && t(`scheduleEditor.problem.${code}`);
  };
}
