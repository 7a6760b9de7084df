import { ReactNode, useEffect, useRef, useState } from 'react';

/** What comes into view within this is prepared before one gets there. */
const MARGIN = '300px';

/**
 * Draws what is inside once it comes near the window, so that what lies far
 * down a page asks nothing for those who never get there. Until then it holds
 * its place.
 */
export function WhenSeen(props: { children: ReactNode; className?: string }) {
  const { children, className } = props;
  const place = useRef<HTMLDivElement>(null);
  const [isSeen, setSeen] = useState(
    () => typeof IntersectionObserver === 'undefined',
  );
  useEffect(() => {
    if (isSeen || !place.current) {
      return undefined;
    }
    const observer = new IntersectionObserver(
      entries => {
        if (entries.some(entry => entry.isIntersecting)) {
          setSeen(true);
        }
      },
      { rootMargin: MARGIN },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [isSeen]);
  return (
    <div ref={place} className={className}>
      {isSeen && children}
    </div>
  );
}
