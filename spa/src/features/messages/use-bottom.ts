import { useEffect, useLayoutEffect, useRef, useState } from 'react';

const nearPx = 60;

type Ends = { first: number | undefined; last: number | undefined };

/**
 * Keeps a list that grows at both ends in its place: at the bottom while the reader is there,
 * and on the same words when earlier ones are put before them. `seen` is how far they have looked.
 */
export function useBottom({ first, last }: Ends, unconfirmed: number) {
  const frame = useRef<HTMLDivElement>(null);
  const atBottom = useRef(true);
  const before = useRef<Ends & { height: number; unconfirmed: number }>({ first, last, height: 0, unconfirmed });
  const [seen, setSeen] = useState(last);

  function toBottom() {
    if (frame.current !== null) frame.current.scrollTop = frame.current.scrollHeight;
    atBottom.current = true;
    setSeen(last);
  }

  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const was = before.current;
    const grownAbove = was.first !== undefined && first !== undefined && first < was.first;
    // Someone who has just written wants to see it, wherever they had scrolled to.
    if (unconfirmed > was.unconfirmed) atBottom.current = true;

    if (grownAbove) element.scrollTop += element.scrollHeight - was.height;
    else if (atBottom.current) element.scrollTop = element.scrollHeight;
    before.current = { first, last, height: element.scrollHeight, unconfirmed };
  });

  // The frame shrinks when the composer grows or a banner appears; who was at the bottom stays there. Where all of it fits nothing
  // scrolls, and what has come is seen all the same.
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const watcher = new ResizeObserver(() => {
      if (!atBottom.current) return;
      element.scrollTop = element.scrollHeight;
      setSeen(before.current.last);
    });
    for (const watched of [element, ...element.children]) watcher.observe(watched);
    return () => watcher.disconnect();
  }, []);

  function onScroll() {
    const element = frame.current;
    if (element === null) return;
    atBottom.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
    if (atBottom.current) setSeen(last);
  }

  return { frame, seen, toBottom, onScroll };
}
