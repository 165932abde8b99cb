import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';

import { programsQuery } from '@/shared/api/programs';
import type { Survey } from '@/shared/api/types';
import { ago } from '@/shared/i18n/format';
import { wordFor } from '@/shared/i18n/texts';
import { IconPlus } from '@/shared/ui/icons';
import { EmptyState, ErrorState, LoadingRows } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';
import { useTitle } from '@/shared/ui/use-title';

import { surveysQuery } from './api';
import classes from './surveys.module.css';
import { texts } from './texts';

export function SurveyList() {
  useTitle(texts.listTitle);
  const surveys = useInfiniteQuery(surveysQuery);

  return (
    <>
      <header className={classes.head}>
        <div>
          <h1>{texts.listTitle}</h1>
          <p className={classes.about}>{texts.listAbout}</p>
        </div>
        <Button component={Link} to="/admin/surveys/new" leftSection={<IconPlus size={18} stroke={2} aria-hidden="true" />}>
          {texts.newSurvey}
        </Button>
      </header>
      {surveys.data === undefined ? (
        surveys.isError ? <ErrorState error={surveys.error} onRetry={() => void surveys.refetch()} /> : <LoadingRows rows={4} />
      ) : surveys.data.length === 0 ? (
        <EmptyState title={texts.emptyTitle}>{texts.emptyText}</EmptyState>
      ) : (
        <ul className={classes.list} aria-label={texts.listTitle}>
          {surveys.data.map((survey) => (
            <Row key={survey.id} survey={survey} />
          ))}
        </ul>
      )}
      {surveys.hasNextPage && (
        <Button variant="subtle" loading={surveys.isFetchingNextPage} onClick={() => void surveys.fetchNextPage()}>
          {texts.showMore}
        </Button>
      )}
    </>
  );
}

function Row({ survey }: { survey: Survey }) {
  const now = useMinute();
  const { data: programs } = useQuery(programsQuery);
  const program = programs?.find(({ id }) => id === survey.programId)?.name ?? texts.unknownProgram;
  return (
    <li>
      <Link className={classes.row} to={`/admin/surveys/${survey.id}`}>
        <span className={classes.name}>{survey.title}</span>
        <span className={classes.badge} data-on={survey.status === 'active'}>
          {wordFor(texts.statuses, survey.status) ?? survey.status}
        </span>
        <span className={classes.facts}>
          {[
            wordFor(texts.typeShort, survey.type), program, wordFor(texts.languages, survey.language), texts.questions(survey.questions.length),
            texts.changed(ago(survey.updatedAt, now)),
          ].filter(Boolean).join(' · ')}
        </span>
      </Link>
    </li>
  );
}
