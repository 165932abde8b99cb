import classes from './counter.module.css';
import { countSegments } from './segments';
import { texts } from './texts';

const warnBelow = 200;

/** How long a text is, once that begins to matter: in text messages for a phone, in characters near the limit. */
export function Counter({ content, limit, isSms }: { content: string; limit: number; isSms: boolean }) {
  const left = limit - content.length;
  const { segments, encoding } = countSegments(content.trim());
  const parts = encoding === 'UCS-2' ? texts.segmentsUnicode(segments) : texts.segments(segments);

  return (
    <span className={classes.counter} data-over={left < 0}>
      {isSms && segments > 0 && <span>{parts}</span>}
      {left < warnBelow && <span role={left < 0 ? 'alert' : undefined}>{left < 0 ? texts.tooLong(-left) : texts.counter(left)}</span>}
    </span>
  );
}
