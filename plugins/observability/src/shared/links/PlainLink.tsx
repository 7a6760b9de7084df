import classNames from 'classnames';
import { ReactNode } from 'react';
import { HiddenText } from '../HiddenText';
import { useTranslation } from '../useTranslation';
import { safeHref } from './safeHref';
import styles from './links.module.css';

/**
 * A link out of the portal. Text from outside may hold any address: only
 * http(s) and mailto become links, everything else stays text.
 */
export function PlainLink(props: {
  href: string | undefined;
  children: ReactNode;
  className?: string;
  /** Underlined only under the pointer, for titles in a list of links. */
  quiet?: boolean;
}) {
  const { href, children, className, quiet } = props;
  const t = useTranslation();
  const safe = safeHref(href);
  if (!safe) {
    return <span className={className}>{children}</span>;
  }
  return (
    <a
      href={safe}
      target="_blank"
      rel="noopener noreferrer"
      className={classNames(styles.link, { [styles.quiet]: quiet }, className)}
    >
      {children}
      <HiddenText> ({t('shared.link.newTab')})</HiddenText>
    </a>
  );
}
