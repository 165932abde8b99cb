import { useEffect } from 'react';

const product = 'Chat';

/** The tab's title: what is shown, then the product. */
export function useTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · ${product}`;
    return () => {
      document.title = product;
    };
  }, [title]);
}

/** The desk's title says how many wait and, with a dot, that a conversation has news: “• (2) Chat”. */
export function useBadgedTitle(waiting: number, hasNews: boolean) {
  useEffect(() => {
    document.title = [hasNews ? '•' : '', waiting > 0 ? `(${waiting})` : '', product].filter(Boolean).join(' ');
    return () => {
      document.title = product;
    };
  }, [waiting, hasNews]);
}
