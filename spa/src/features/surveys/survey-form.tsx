import { Button, Select, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { type SyntheticEvent, useEffect, useMemo, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';

import { asProblem } from '@/shared/api/problem';
import type { Program } from '@/shared/api/types';
import { announce } from '@/shared/ui/announcer';
import { IconArrowLeft } from '@/shared/ui/icons';
import { InlineError } from '@/shared/ui/states';

import { type TaggedSurvey, useSaveSurvey } from './api';
import { DeleteSurvey } from './delete-survey';
import { bodyFrom, faultsOf, type SurveyDraft, type SurveyLanguage, type SurveyType } from './draft';
import classes from './form.module.css';
import { LeaveGuard } from './leave-guard';
import { Preview } from './preview';
import { QuestionList } from './question-list';
import { texts } from './texts';

type Props = {
  standing: TaggedSurvey | null;
  start: SurveyDraft;
  programs: Program[];
  onSaved?: (saved: TaggedSurvey) => void;
  onReload?: () => void;
};

/** A survey as it is being written, and beside it how it will meet a texter. */
export function SurveyForm({ standing, start, programs, onSaved, onReload }: Props) {
  const navigate = useNavigate();
  const save = useSaveSurvey(standing);
  const [draft, setDraft] = useState(start);
  const [asked, setAsked] = useState(false);
  const [deleted, setDeleted] = useState(false);
  const summary = useRef<HTMLParagraphElement>(null);
  const body = JSON.stringify(bodyFrom(draft));
  const [untouched] = useState(body);
  const dirty = body !== untouched && !save.isSuccess && !deleted;
  // The same survey sent again after a failure is the same survey.
  const key = useMemo(() => ({ body, value: crypto.randomUUID() }), [body]).value;
  const faults = faultsOf(draft);
  const faultOf = (field: string) => {
    const fault = asked ? faults.get(field) : undefined;
    return fault === undefined ? undefined : texts.faults[fault];
  };
  const change = (part: Partial<SurveyDraft>) => setDraft({ ...draft, ...part });

  // Only once nothing is unsaved any more: before that, leaving would be asked about.
  useEffect(() => {
    if (deleted) void navigate('/admin/surveys');
  }, [deleted, navigate]);
  useEffect(() => {
    if (save.data !== undefined) onSaved?.(save.data);
  }, [save.data, onSaved]);

  function submit(event: SyntheticEvent) {
    event.preventDefault();
    setAsked(true);
    if (faults.size > 0) {
      requestAnimationFrame(() => summary.current?.focus());
      return;
    }
    save.mutate(
      { body: bodyFrom(draft), key },
      { onSuccess: () => announce(texts.saved) },
    );
  }

  return (
    <>
      <LeaveGuard active={dirty} />
      <Link to="/admin/surveys" className={classes.back}>
        <IconArrowLeft size={18} stroke={1.75} aria-hidden="true" />
        {texts.back}
      </Link>
      <h1 className={classes.title}>{standing?.survey.title ?? texts.newTitle}</h1>
      <div className={classes.columns}>
        <form className={classes.form} onSubmit={submit} noValidate>
          {asked && faults.size > 0 && (
            <p className={classes.faults} ref={summary} tabIndex={-1} role="alert">
              {texts.faultsTitle}
            </p>
          )}
          <fieldset className={classes.card}>
            <TextInput
              label={texts.title}
              description={texts.titleHint}
              value={draft.title}
              error={faultOf('title')}
              onChange={(event) => change({ title: event.currentTarget.value })}
            />
            <Select
              size="md"
              label={texts.program}
              data={programs.map(({ id, name }) => ({ value: id, label: name }))}
              value={draft.programId === '' ? null : draft.programId}
              error={faultOf('program')}
              onChange={(programId) => change({ programId: programId ?? '' })}
            />
            <Select
              size="md"
              label={texts.type}
              data={Object.entries(texts.types).map(([value, label]) => ({ value, label }))}
              value={draft.type}
              onChange={(type) => change({ type: (type ?? 'entry') as SurveyType })}
            />
            <div>
              <p className={classes.label} id="survey-language">
                {texts.language}
              </p>
              <SegmentedControl
                aria-labelledby="survey-language"
                data={Object.entries(texts.languages).map(([value, label]) => ({ value, label }))}
                value={draft.language}
                onChange={(language) => change({ language: language as SurveyLanguage })}
              />
            </div>
            <TextInput
              label={texts.minutes}
              description={texts.minutesHint}
              inputMode="numeric"
              value={draft.minutes}
              error={faultOf('minutes')}
              onChange={(event) => change({ minutes: event.currentTarget.value })}
            />
            <Switch
              label={texts.status}
              description={texts.statusHint}
              checked={draft.status === 'active'}
              onChange={(event) => change({ status: event.currentTarget.checked ? 'active' : 'inactive' })}
            />
          </fieldset>
          <QuestionList questions={draft.questions} faultOf={faultOf} onChange={(questions) => change({ questions })} />
          {asProblem(save.error).status === 412 ? (
            <div className={classes.stale} role="alert">
              <p>{texts.stale}</p>
              <Button variant="default" size="sm" onClick={onReload}>
                {texts.loadAgain}
              </Button>
            </div>
          ) : (
            <InlineError error={save.error} />
          )}
          <div className={classes.foot}>
            {dirty && <span className={classes.unsaved}>{texts.unsaved}</span>}
            {standing !== null && <DeleteSurvey standing={standing} onDeleted={() => setDeleted(true)} />}
            <Button type="submit" loading={save.isPending}>
              {texts.save}
            </Button>
          </div>
        </form>
        <Preview draft={draft} />
      </div>
    </>
  );
}
