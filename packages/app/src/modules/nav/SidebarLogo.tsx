import { Link, useSidebarOpenState } from '@backstage/core-components';
import { Logo, LogoMark } from './Logo';
import styles from './SidebarLogo.module.css';

export function SidebarLogo() {
  const { isOpen } = useSidebarOpenState();
  return (
    <div className={styles.root}>
      {isOpen ? (
        // The organisation's name says where it leads; another would hide it.
        <Link to="/" underline="none">
          <Logo />
        </Link>
      ) : (
        <Link to="/" underline="none" aria-label="Home">
          <LogoMark />
        </Link>
      )}
    </div>
  );
}
