import { Link } from '@backstage/ui';
import classNames from 'classnames';
import { ReactNode } from 'react';
import styles from './links.module.css';

/** A link within the portal. */
export function PortalLink(props: {
  href: string;
  children: ReactNode;
  className?: string;
  title?: string;
  quiet?: boolean;
}) {
  const { href, children, className, title, quiet } = props;
  return (
    <Link
      href={href}
      title={title}
      className={classNames(styles.link, { [styles.quiet]: quiet }, className)}
    >
      {children}
    </Link>
  );
}
