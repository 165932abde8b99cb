import { Fragment } from 'react';

import classes from './message.module.css';
import { type Mark, partsOf } from './marks';
import { texts } from './texts';

/** What was said, with the words marked on which something rests. Why they are is said to a screen reader too, and is never copied along. */
export const MarkedText = ({ text, marks }: { text: string; marks: readonly Mark[] }) =>
  partsOf(text, marks).map(({ from, words, mark }) => (
    <Fragment key={from}>
      {mark === null ? (
        words
      ) : (
        <mark className={classes.mark} data-level={mark.level} title={mark.label}>
          {words}
          <span className={`visually-hidden ${classes.why}`}> ({texts.marked(mark.label)})</span>
        </mark>
      )}
    </Fragment>
  ));
