import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useNavigate, useParams } from 'react-router';

import { programsQuery } from '@/shared/api/programs';
import { ErrorState, LoadingRows } from '@/shared/ui/states';
import { useTitle } from '@/shared/ui/use-title';

import { surveyQuery, type TaggedSurvey } from './api';
import { draftOf, newSurvey } from './draft';
import { SurveyForm } from './survey-form';
import { texts } from './texts';

export function NewSurveyPage() {
  useTitle(texts.newTitle);
  const navigate = useNavigate();
  const programs = useQuery(programsQuery);
  const open = useCallback(({ survey }: TaggedSurvey) => void navigate(`/admin/surveys/${survey.id}`, { replace: true }), [navigate]);

  if (programs.data === undefined) {
    return programs.isError ? <ErrorState error={programs.error} onRetry={() => void programs.refetch()} /> : <LoadingRows rows={4} />;
  }
  const only = programs.data.length === 1 ? programs.data[0]?.id : undefined;
  return (
    <SurveyForm
      standing={null}
      start={newSurvey(only ?? '')}
      programs={programs.data}
      onSaved={open}
    />
  );
}

export function SurveyPage() {
  const { surveyId = '' } = useParams();
  const survey = useQuery(surveyQuery(surveyId));
  const programs = useQuery(programsQuery);
  useTitle(survey.data?.survey.title ?? texts.listTitle);

  if (survey.data === undefined || programs.data === undefined) {
    const failed = survey.isError ? survey : programs;
    return failed.isError ? <ErrorState error={failed.error} onRetry={() => void failed.refetch()} /> : <LoadingRows rows={4} />;
  }
  return (
    <SurveyForm
      key={survey.data.etag}
      standing={survey.data}
      start={draftOf(survey.data.survey)}
      programs={programs.data}
      onReload={() => void survey.refetch()}
    />
  );
}
