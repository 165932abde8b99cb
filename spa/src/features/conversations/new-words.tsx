import { Button } from '@mantine/core';

import type { Message } from '@/shared/api/types';
import { timeOfDay } from '@/shared/i18n/format';

import classes from './dialogs.module.css';
import { texts } from './lifecycle-texts';

/** What the texter wrote while somebody was about to end the conversation. It takes the place of ending it. */
export const NewWords = ({ words, onRead }: { words: Message[]; onRead: () => void }) => (
  <div className={classes.wrote} role="alert">
    <p className={classes.wroteTitle}>{texts.wroteText}</p>
    <ul className={classes.words}>
      {words.map(({ id, content, timestamp }) => (
        <li key={id}>
          {content} <time dateTime={timestamp}>{timeOfDay(timestamp)}</time>
        </li>
      ))}
    </ul>
    <Button onClick={onRead} data-autofocus>
      {texts.readIt}
    </Button>
  </div>
);
