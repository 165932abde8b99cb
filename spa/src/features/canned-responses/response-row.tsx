import { Button } from '@mantine/core';

import type { CannedResponse } from '@/shared/api/types';
import { Counter } from '@/shared/ui/counter';
import page from '@/shared/ui/page.module.css';

import classes from './canned-responses.module.css';
import { longestBody } from './limits';
import { texts } from './texts';

type Props = { response: CannedResponse; onChange: () => void; onRemove: () => void };

export const ResponseRow = ({ response: { title, body }, onChange, onRemove }: Props) => (
  <li className={page.row}>
    <div className={page.what}>
      <p className={page.name}>{title}</p>
      <p className={classes.words}>{body}</p>
      <Counter content={body} limit={longestBody} isSms />
    </div>
    <div className={page.acts}>
      <Button variant="default" size="sm" aria-label={texts.changeThis(title)} onClick={onChange}>
        {texts.change}
      </Button>
      <Button variant="default" size="sm" aria-label={texts.removeThis(title)} onClick={onRemove}>
        {texts.remove}
      </Button>
    </div>
  </li>
);
