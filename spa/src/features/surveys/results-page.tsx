import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { programsQuery } from '@/shared/api/programs';
import { EmptyState, ErrorState, InlineError, LoadingRows } from '@/shared/ui/states';
import { useTitle } from '@/shared/ui/use-title';

import { type ResultsChoice, resultsQuery } from './api';
import classes from './results.module.css';
import { SurveyResultCard } from './survey-result';
import surveys from './surveys.module.css';
import { texts } from './texts';
import { dayBefore, isRange } from './trend';

const usualDays = 30;
const anyProgram = 'any';

/** What texters answered, in the days and of the program that one chooses. */
export function ResultsPage() {
  useTitle(texts.resultsTitle);
  const [choice, setChoice] = useState(lastDays);
  const possible = isRange(choice.from, choice.to);
  const results = useQuery({ ...resultsQuery(choice), enabled: possible });
  const { data: programs = [] } = useQuery(programsQuery);

  return (
    <>
      <header className={surveys.head}>
        <div>
          <h1>{texts.resultsTitle}</h1>
          {results.data !== undefined && <p className={surveys.about}>{texts.resultsAbout(results.data.timeZone)}</p>}
        </div>
      </header>
      <div className={classes.choice}>
        <TextInput
          type="date"
          size="sm"
          label={texts.from}
          max={choice.to}
          value={choice.from}
          onChange={(event) => setChoice({ ...choice, from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          size="sm"
          label={texts.to}
          min={choice.from}
          value={choice.to}
          onChange={(event) => setChoice({ ...choice, to: event.currentTarget.value })}
        />
        <Select
          size="sm"
          label={texts.program}
          data={[{ value: anyProgram, label: texts.anyProgram }, ...programs.map(({ id, name }) => ({ value: id, label: name }))]}
          value={choice.programId ?? anyProgram}
          onChange={(program) => setChoice({ ...choice, programId: program === anyProgram ? null : program })}
        />
        <p className={classes.updating} role="status">
          {results.isFetching && results.isPlaceholderData && texts.updating}
        </p>
      </div>
      {!possible && (
        <p className={classes.wrong} role="alert">
          {texts.rangeWrong}
        </p>
      )}
      {results.data === undefined ? (
        results.isError ? <ErrorState error={results.error} onRetry={() => void results.refetch()} /> : <LoadingRows rows={3} height={120} />
      ) : (
        <div className={classes.results} data-old={results.isPlaceholderData}>
          {results.isError && <InlineError error={results.error} />}
          {results.data.truncated && <p className={classes.note}>{texts.truncated}</p>}
          {results.data.surveys.length === 0 && <EmptyState title={texts.resultsEmptyTitle}>{texts.resultsEmptyText}</EmptyState>}
          {results.data.surveys.map((result) => (
            <SurveyResultCard
              key={`${result.surveyId} ${result.wordingVersion}`}
              result={result}
              from={results.data.from}
              to={results.data.to}
              program={programs.find(({ id }) => id === result.programId)?.name}
            />
          ))}
        </div>
      )}
    </>
  );
}

/** By the reader's own calendar; the server counts in days of the affiliate. */
function lastDays(): ResultsChoice {
  const now = new Date();
  const today = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())).toISOString().slice(0, 10);
  return { from: dayBefore(today, usualDays - 1), to: today, programId: null };
}
