import { Link, useSidebarOpenState } from '@backstage/core-components';
import { Logo, LogoMark } from './Logo';
import styles from './SidebarLogo.module.css';

export function SidebarLogo() {
  const { isOpen } = useSidebarOpenState();
  return (
    <div className={styles.root}>
      <Link to="/" underline="none" aria-label="Home">
        {isOpen ? <Logo /> : <LogoMark />}
      </Link>
    </div>
  );
}
