import { Button } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { nameOf } from '../timeline/people';
import { EntityCombobox } from './EntityCombobox';
import { useEditor } from './editorContext';
import { newTurn, TurnDraft } from './scheduleDraft';
import { TurnAction, TurnList } from './TurnList';
import {
  joinTurn,
  moveTurn,
  removeTurn,
  restoreTurn,
  splitTurn,
} from './turns';
import styles from './turns.module.css';

/** Who is in a layer, in which order, and how somebody gets in. */
export function TurnsEditor(props: {
  layerName: string;
  turns: readonly TurnDraft[];
  problem: string | undefined;
  onChange(turns: readonly TurnDraft[]): void;
}) {
  const { layerName, turns, problem, onChange } = props;
  const { isReadOnly, names, onChosen } = useEditor();
  const t = useTranslation();
  const [joinedId, setJoinedId] = useState<string>();
  const [chosenCount, setChosenCount] = useState(0);
  const [announcement, setAnnouncement] = useState('');
  const adding = useRef<HTMLDivElement>(null);
  const joined = turns.find(({ id }) => id === joinedId);
  const namesOf = ({ people }: TurnDraft) =>
    people.length === 0
      ? t('scheduleEditor.turn.empty')
      : people.map(person => nameOf(names, person)).join(', ');

  // Who has chosen somebody goes on with the next one.
  useEffect(() => {
    if (chosenCount > 0) {
      adding.current?.querySelector('input')?.focus();
    }
  }, [chosenCount]);

  function act(turn: TurnDraft, action: TurnAction) {
    switch (action) {
      case 'up':
      case 'down': {
        const moved = moveTurn(turns, turn, action === 'up' ? -1 : 1);
        onChange(moved);
        setAnnouncement(
          t('scheduleEditor.turn.moved', {
            person: namesOf(turn),
            position: String(moved.indexOf(turn) + 1),
          }),
        );
        break;
      }
      case 'join':
        setJoinedId(turn.id);
        setChosenCount(count => count + 1);
        break;
      case 'split':
        onChange(splitTurn(turns, turn));
        break;
      default:
        onChange(removeTurn(turns, turn));
    }
  }

  return (
    <div>
      <p className={styles.heading}>{t('scheduleEditor.layer.turns')}</p>
      {turns.length === 0 && (
        <p className={`${styles.none} ${text.small} ${text.secondary}`}>
          {t('scheduleEditor.turn.none')}
        </p>
      )}
      {turns.length > 0 && (
        <TurnList
          label={t('scheduleEditor.turn.list', { layer: layerName })}
          turns={turns}
          onReorder={onChange}
          onAction={act}
          onUndo={turn => onChange(restoreTurn(turns, turn))}
        />
      )}
      <div role="status" className={text.hidden}>
        {announcement}
      </div>
      {!isReadOnly && (
        <div ref={adding} className={styles.adding}>
          <EntityCombobox
            // Empty again after each choice.
            key={chosenCount}
            kind="User"
            label={
              joined
                ? t('scheduleEditor.turn.addTogether', {
                    person: namesOf(joined),
                  })
                : t('scheduleEditor.turn.add')
            }
            placeholder={t('scheduleEditor.turn.addHint')}
            problem={problem}
            value={null}
            onChange={person => {
              if (!person) {
                return;
              }
              onChosen(person);
              onChange(
                joined
                  ? joinTurn(turns, joined, person.id)
                  : [...turns, newTurn([person.id])],
              );
              setJoinedId(undefined);
              setChosenCount(count => count + 1);
            }}
          />
          {joined ? (
            <Button
              size="small"
              variant="secondary"
              onPress={() => setJoinedId(undefined)}
            >
              {t('scheduleEditor.turn.cancelTogether')}
            </Button>
          ) : (
            <Button
              size="small"
              variant="secondary"
              iconStart={<RiAddLine />}
              onPress={() => onChange([...turns, newTurn([])])}
            >
              {t('scheduleEditor.turn.addEmpty')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
