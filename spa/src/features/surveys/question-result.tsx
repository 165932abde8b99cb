import type { QuestionResult } from '@/shared/api/types';
import { locale, region } from '@/shared/i18n/locale';
import { wordFor } from '@/shared/i18n/texts';

import classes from './results.module.css';
import { texts } from './texts';
import { placesOf, rangeOf, shareOf, trendOf } from './trend';

const decimal = new Intl.NumberFormat(region, { maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat(region, { style: 'percent', maximumFractionDigits: 0 });
const dayName = new Intl.DateTimeFormat(region, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const nameOf = (day: string) => dayName.format(new Date(day));
const yesNo = { yes: texts.yes, no: texts.no };
const picture = { width: 320, height: 56 };

type Props = { question: QuestionResult; from: string; to: string };

export function QuestionResultView({ question, from, to }: Props) {
  const { text, kind, answered, skipped, mean } = question;
  const facts = [
    texts.answered(answered),
    mean == null ? '' : texts.mean(decimal.format(mean)),
    skipped > 0 ? texts.skipped(skipped) : '',
  ];

  return (
    <li className={classes.question}>
      <h3 className={classes.text}>{text}</h3>
      <p className={classes.about}>{facts.filter(Boolean).join(' · ')}</p>
      {answered > 0 && (
        <div className={classes.pictures}>
          {kind === 'text' ? <p className={classes.about}>{texts.ownWords}</p> : <Counts question={question} />}
          <Trend question={question} from={from} to={to} />
        </div>
      )}
    </li>
  );
}

const Counts = ({ question: { text, kind, counts, answered } }: Pick<Props, 'question'>) => (
  <ul className={classes.counts} aria-label={texts.countsOf(text)} lang={locale}>
    {counts.map(({ value, count }) => (
      <li key={value} className={classes.count}>
        <span className={classes.value}>{kind === 'yes_no' ? (wordFor(yesNo, value) ?? value) : value}</span>
        <span className={classes.track} aria-hidden="true">
          <span className={classes.bar} style={{ width: `${shareOf(count, answered)}%` }} />
        </span>
        <span className={classes.number}>
          {count} <span className={classes.share}>({percent.format(shareOf(count, answered) / 100)})</span>
        </span>
      </li>
    ))}
  </ul>
);

/** A line from day to day, and the same in numbers for whoever reads rather than looks. */
function Trend({ question, from, to }: Props) {
  const points = trendOf(question);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;

  const range = rangeOf(question, points);
  const places = placesOf(points, from, to, range, picture.width, picture.height);
  const spell = (value: number) => (question.kind === 'yes_no' ? percent.format(value) : decimal.format(value));
  const name = wordFor(texts.trend, question.kind) ?? texts.trend.text;
  return (
    <figure className={classes.trend}>
      <figcaption className={classes.about}>
        <span>{name}</span>
        <span aria-hidden="true">{range.map(spell).join(' – ')}</span>
      </figcaption>
      <svg
        viewBox={`-4 -4 ${picture.width + 8} ${picture.height + 8}`}
        role="img"
        aria-label={texts.trendSpoken(name, spell(first.value), spell(last.value))}
        preserveAspectRatio="none"
      >
        <line x1={0} x2={picture.width} y1={picture.height} y2={picture.height} className={classes.ground} />
        <polyline points={places.map(({ x, y }) => `${x},${y}`).join(' ')} className={classes.line} />
        {places.map(({ x, y }, index) => (
          <path key={points[index]?.date} d={`M${x} ${y}h0.01`} className={classes.dot} />
        ))}
      </svg>
      <p className={classes.days} aria-hidden="true">
        <span>{nameOf(from)}</span>
        <span>{nameOf(to)}</span>
      </p>
      <details className={classes.table}>
        <summary>{texts.byDay}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{texts.day}</th>
              <th scope="col">{texts.answers}</th>
              <th scope="col">{texts.value}</th>
            </tr>
          </thead>
          <tbody>
            {points.map(({ date, value }) => (
              <tr key={date}>
                <th scope="row">{nameOf(date)}</th>
                <td>{question.days.find((day) => day.date === date)?.answered}</td>
                <td>{spell(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
