import { Button } from '@mantine/core';
import type { ReactNode } from 'react';

import classes from './page.module.css';
import { ErrorState, LoadingRows } from './states';
import { texts } from './texts';

type Paged<T> = {
  data: T[] | undefined;
  error: unknown;
  isError: boolean;
  refetch: () => unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => unknown;
};

type Props<T> = { of: Paged<T>; label: string; empty: ReactNode; children: (item: T) => ReactNode };

/** A list that comes in pages: on its way, failed, empty, or there and with more to come. */
export function Listing<T>({ of: paged, label, empty, children }: Props<T>) {
  if (paged.data === undefined) {
    return paged.isError ? <ErrorState error={paged.error} onRetry={() => void paged.refetch()} /> : <LoadingRows rows={4} />;
  }
  if (paged.data.length === 0) return empty;
  return (
    <>
      <ul className={classes.list} aria-label={label}>
        {paged.data.map(children)}
      </ul>
      {paged.isFetchNextPageError && <ErrorState error={paged.error} />}
      {paged.hasNextPage && (
        <Button className={classes.more} variant="default" loading={paged.isFetchingNextPage} onClick={() => void paged.fetchNextPage()}>
          {texts.showMore}
        </Button>
      )}
    </>
  );
}
