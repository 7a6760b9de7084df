import {
  Badge,
  Button,
  ButtonIcon,
  Menu,
  MenuItem,
  MenuTrigger,
} from '@backstage/ui';
import { RiAddLine, RiDraggable, RiMoreLine } from '@remixicon/react';
import classNames from 'classnames';
import {
  Button as DragButton,
  GridList,
  GridListItem,
  useDragAndDrop,
} from 'react-aria-components';
import { useTranslation } from '../../shared';
import text from '../../shared/text.module.css';
import { placeOf } from '../time/zones';
import { nameOf } from '../timeline/people';
import { useEditor } from './editorContext';
import { PersonInitial } from './PersonInitial';
import { TurnDraft } from './scheduleDraft';
import { reorderTurns } from './turns';
import styles from './turns.module.css';

/** What a person can do with a turn. */
export type TurnAction = 'up' | 'down' | 'join' | 'split' | 'remove';

/** The turns of a layer, in their order: moved by the menu of a row, by keyboard, or by dragging. */
export function TurnList(props: {
  label: string;
  turns: readonly TurnDraft[];
  onReorder(turns: readonly TurnDraft[]): void;
  onAction(turn: TurnDraft, action: TurnAction): void;
  onUndo(turn: TurnDraft): void;
}) {
  const { label, turns, onReorder, onAction, onUndo } = props;
  const { isReadOnly, names, zones, marks, unknown, onWatch } = useEditor();
  const t = useTranslation();
  const namesOf = (turn: TurnDraft) =>
    turn.people.length === 0
      ? t('scheduleEditor.turn.empty')
      : turn.people.map(person => nameOf(names, person)).join(', ');
  const { dragAndDropHooks } = useDragAndDrop({
    isDisabled: isReadOnly,
    getItems: keys =>
      turns
        .filter(({ id }) => keys.has(id))
        .map(turn => ({ 'text/plain': namesOf(turn) })),
    onReorder: ({ keys, target }) =>
      onReorder(
        reorderTurns(turns, keys, String(target.key), target.dropPosition),
      ),
  });

  function hintOf(turn: TurnDraft): string {
    if (turn.people.length === 0) {
      return t('scheduleEditor.turn.emptyHint');
    }
    if (turn.people.some(person => unknown.has(person))) {
      return t('scheduleEditor.turn.unknown');
    }
    const places = new Set(
      turn.people.flatMap(person => {
        const zone = zones.get(person);
        return zone ? [placeOf(zone)] : [];
      }),
    );
    return [
      ...(turn.people.length > 1 ? [t('scheduleEditor.turn.together')] : []),
      ...places,
    ].join(' · ');
  }

  return (
    <GridList
      aria-label={label}
      className={styles.list}
      items={turns}
      dependencies={[names, zones, marks, unknown, onWatch, isReadOnly, turns]}
      dragAndDropHooks={isReadOnly ? undefined : dragAndDropHooks}
      selectionMode="none"
    >
      {turn => {
        const name = namesOf(turn);
        const isUnknown = turn.people.some(person => unknown.has(person));
        const index = turns.indexOf(turn);
        return (
          <GridListItem
            id={turn.id}
            textValue={name}
            className={classNames(styles.row, {
              [styles.new]: turn.isNew,
              [styles.removed]: turn.isRemoved,
            })}
          >
            {!isReadOnly && (
              <DragButton
                slot="drag"
                className={styles.drag}
                aria-label={t('scheduleEditor.turn.drag', { person: name })}
              >
                <RiDraggable size={16} aria-hidden="true" />
              </DragButton>
            )}
            <span className={styles.faces} aria-hidden="true">
              {turn.people.map(person => (
                <PersonInitial
                  key={person}
                  name={nameOf(names, person)}
                  mark={marks.get(person)}
                />
              ))}
            </span>
            <span className={styles.who}>
              <bdi className={styles.name}>{name}</bdi>
              <span
                className={classNames(text.small, {
                  [text.secondary]: !isUnknown,
                  [text.critical]: isUnknown,
                })}
              >
                {hintOf(turn)}
              </span>
            </span>
            {turn.isRemoved && (
              <>
                <span className={`${text.small} ${text.secondary}`}>
                  {t('scheduleEditor.turn.removed')}
                </span>
                <Button
                  size="small"
                  variant="tertiary"
                  aria-label={t('scheduleEditor.turn.undoOf', { person: name })}
                  onPress={() => onUndo(turn)}
                >
                  {t('scheduleEditor.turn.undo')}
                </Button>
              </>
            )}
            {!turn.isRemoved && turn.isNew && (
              <Badge
                size="small"
                className={styles.chip}
                icon={<RiAddLine aria-hidden="true" />}
              >
                {t('scheduleEditor.turn.new')}
              </Badge>
            )}
            {!turn.isRemoved &&
              !turn.isNew &&
              turn.people.some(person => onWatch.has(person)) && (
                <span className={`${text.small} ${text.secondary}`}>
                  {t('scheduleEditor.turn.onWatch')}
                </span>
              )}
            {!turn.isRemoved && !isReadOnly && (
              <MenuTrigger>
                <ButtonIcon
                  size="small"
                  variant="tertiary"
                  icon={<RiMoreLine />}
                  aria-label={t('scheduleEditor.turn.actions', {
                    person: name,
                  })}
                />
                <Menu
                  placement="bottom end"
                  disabledKeys={[
                    ...(index === 0 ? ['up'] : []),
                    ...(index === turns.length - 1 ? ['down'] : []),
                  ]}
                  onAction={key => onAction(turn, key as TurnAction)}
                >
                  <MenuItem id="up">{t('scheduleEditor.turn.moveUp')}</MenuItem>
                  <MenuItem id="down">
                    {t('scheduleEditor.turn.moveDown')}
                  </MenuItem>
                  <MenuItem id="join">{t('scheduleEditor.turn.join')}</MenuItem>
                  {turn.people.length > 1 ? (
                    <MenuItem id="split">
                      {t('scheduleEditor.turn.split')}
                    </MenuItem>
                  ) : null}
                  <MenuItem id="remove" color="danger">
                    {t('scheduleEditor.turn.remove')}
                  </MenuItem>
                </Menu>
              </MenuTrigger>
            )}
          </GridListItem>
        );
      }}
    </GridList>
  );
}
