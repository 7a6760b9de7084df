import classNames from 'classnames';
import { initialsOf, PersonMark } from './people';
import styles from './timeline.module.css';

/** The initials of a person in their colour of the schedule; the name stands beside it. */
export function PersonInitials(props: {
  name: string;
  mark: PersonMark | undefined;
}) {
  const { name, mark } = props;
  return (
    <span
      aria-hidden="true"
      data-initials={initialsOf(name)}
      className={classNames(
        styles.initials,
        mark && styles[`person${mark.colour}`],
        { [styles.striped]: mark?.isStriped },
      )}
    />
  );
}
