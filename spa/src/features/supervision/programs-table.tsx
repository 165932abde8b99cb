import type { ProgramOverview } from '@/shared/api/types';
import { clockOf, spokenDuration, weekdayAndTime } from '@/shared/i18n/format';
import { Changing } from '@/shared/ui/changing';
import { PanelHeader } from '@/shared/ui/panel-header';
import { EmptyState } from '@/shared/ui/states';
import { useNow } from '@/shared/ui/use-now';

import classes from './floor.module.css';
import { texts } from './texts';

type Props = { programs: ProgramOverview[]; fetchedAt: number };

export function ProgramsTable({ programs, fetchedAt }: Props) {
  return (
    <section className={classes.card} aria-labelledby="programs-title">
      <PanelHeader id="programs-title" title={texts.programs} count={String(programs.length)} spokenCount={texts.programsCount(programs.length)} />
      {programs.length === 0 ? (
        <EmptyState title={texts.noProgramsTitle}>{texts.noProgramsText}</EmptyState>
      ) : (
        <table className={classes.programs} aria-labelledby="programs-title">
          <thead>
            <tr>
              <th scope="col">{texts.program}</th>
              <th scope="col">{texts.waiting}</th>
              <th scope="col">{texts.longestWait}</th>
              <th scope="col">{texts.expectedWait}</th>
              <th scope="col">{texts.underway}</th>
              <th scope="col">{texts.available}</th>
            </tr>
          </thead>
          <tbody>
            {programs.map((program) => (
              <ProgramRow key={program.programId} program={program} fetchedAt={fetchedAt} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function ProgramRow({ program, fetchedAt }: { program: ProgramOverview; fetchedAt: number }) {
  const { name, isOpen, opensAt, waiting, waitingInDanger, longestWaitSeconds, expectedWaitSeconds, underway, available, freePlaces } = program;

  return (
    <tr>
      <th scope="row">
        <span className={classes.programName} title={name}>
          {name}
        </span>
        <span className={classes.hours} data-open={isOpen}>
          {isOpen ? texts.openNow : `${texts.closedNow}, ${opensAt == null ? texts.noOpening : texts.opens(weekdayAndTime(opensAt))}`}
        </span>
      </th>
      <td data-label={texts.waiting}>
        <Changing value={waiting}>
          <span className={classes.number}>{waiting}</span>
        </Changing>
        {waitingInDanger > 0 && (
          <span className={classes.danger}>
            {waitingInDanger} {texts.totals.inDanger()}
          </span>
        )}
      </td>
      <td data-label={texts.longestWait}>
        {longestWaitSeconds == null ? <None /> : <LongestWait since={fetchedAt - longestWaitSeconds * 1000} />}
      </td>
      <td data-label={texts.expectedWait}>{expectedWaitSeconds == null ? <None word={texts.unknownWait} /> : texts.about(spokenDuration(expectedWaitSeconds))}</td>
      <td data-label={texts.underway}>
        <Changing value={underway}>{underway}</Changing>
      </td>
      <td data-label={texts.available}>
        <Changing value={available}>
          <span className={classes.number} data-none={available === 0 && isOpen}>
            {available}
          </span>
        </Changing>
        <span className={classes.free}>{texts.free(freePlaces)}</span>
      </td>
    </tr>
  );
}

const None = ({ word = texts.nothing }: { word?: string }) => (
  <>
    <span aria-hidden="true" className={classes.soft}>
      –
    </span>
    <span className="visually-hidden">{word}</span>
  </>
);

function LongestWait({ since }: { since: number }) {
  const seconds = (useNow().getTime() - since) / 1000;
  return (
    <>
      <span aria-hidden="true" className={classes.clock}>
        {clockOf(seconds)}
      </span>
      <span className="visually-hidden">{spokenDuration(seconds)}</span>
    </>
  );
}
