import classNames from 'classnames';
import { initialsOf, PersonMark } from '../timeline/people';
import styles from './people.module.css';

/** The initials of a person in their colour; the name stands beside it. */
export function PersonInitial(props: {
  name: string;
  mark: PersonMark | undefined;
  size?: 'small' | 'medium';
}) {
  const { name, mark, size = 'medium' } = props;
  return (
    <span
      aria-hidden="true"
      data-initials={initialsOf(name)}
      className={classNames(
        styles.initials,
        styles[size],
        mark && styles[`person${mark.colour}`],
        { [styles.striped]: mark?.isStriped },
      )}
    />
  );
}
