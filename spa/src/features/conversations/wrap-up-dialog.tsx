import { Button, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useRef, useState } from 'react';

import { keys } from '@/shared/api/keys';
import { asProblem } from '@/shared/api/problem';
import type { Conversation, Report } from '@/shared/api/types';
import { announce } from '@/shared/ui/announcer';
import { Dialog } from '@/shared/ui/dialog';
import { ErrorState, InlineError, LoadingRows } from '@/shared/ui/states';

import { useClose } from './api';
import classes from './dialogs.module.css';
import { texts } from './lifecycle-texts';
import { NewWords } from './new-words';
import { type ReportDraft, reportQuery, useFileReport, wordsSinceQuery } from './report-api';
import { dropReportDraft, keepReportDraft, missingIn, reportDraftOf } from './report-drafts';
import { errorOf, ReportField } from './report-field';
import { TagsField } from './tags-editor';

type Props = {
  conversation: Conversation;
  seenSequence: number;
  /** What would end if it were closed now. */
  survey?: ReactNode;
  onDone: () => void;
  onFollowUp: () => void;
};

/** What is filed at the end. The program says what is required; nothing ends before it is there. */
export function WrapUpDialog(props: Props) {
  const report = useQuery(reportQuery(props.conversation.id));
  return (
    <Dialog title={texts.wrapUpTitle} closeLabel={texts.keep} onClose={props.onDone} wide>
      {report.data === undefined ? (
        report.isError ? <ErrorState error={report.error} onRetry={() => void report.refetch()} /> : <LoadingRows rows={4} height={48} />
      ) : (
        <Form {...props} report={report.data} />
      )}
    </Dialog>
  );
}

type Next = 'save' | 'close' | 'follow-up';

function Form({ conversation, seenSequence, survey, onDone, onFollowUp, report }: Props & { report: Report }) {
  const { id, tags, surveyRunning } = conversation;
  const cache = useQueryClient();
  const [draft, setDraft] = useState(() => reportDraftOf(id, report));
  const [asked, setAsked] = useState(false);
  const file = useFileReport(conversation);
  const close = useClose(id);
  const words = useQuery(wordsSinceQuery(id, seenSequence));
  const form = useRef<HTMLFormElement>(null);
  const tagsInput = useRef<HTMLInputElement>(null);
  const missing = asked ? missingIn(draft, tags, report.form) : [];
  const lacks = (name: string) => missing.includes(name);
  const busy = file.isPending || close.isPending;

  function change(part: Partial<ReportDraft>) {
    const next = { ...draft, ...part };
    setDraft(next);
    keepReportDraft(id, next);
  }

  function submit(next: Next) {
    if (next !== 'save') {
      setAsked(true);
      if (missingIn(draft, tags, report.form).length > 0) {
        requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-missing] input')?.focus());
        return;
      }
    }
    file.mutate(draft, {
      onSuccess: (filed) => {
        dropReportDraft(id);
        if (next === 'save') {
          announce(texts.saved);
          onDone();
        } else if (filed.missing.length > 0) {
          setAsked(true);
        } else if (next === 'follow-up') {
          onFollowUp();
        } else if (beganMeanwhile()) {
          announce(texts.surveyBegan);
        } else {
          end();
        }
      },
    });
  }

  /** Wrapping up can send the exit survey by itself; it is not ended in the same breath. */
  function beganMeanwhile() {
    const running = cache.getQueryData<Conversation>(keys.conversation(id))?.surveyRunning;
    return running != null && running !== surveyRunning;
  }

  function end() {
    close.mutate(
      { reason: draft.outcome.trim() === '' ? null : draft.outcome.trim(), seenSequence },
      {
        onSuccess: () => {
          announce(texts.closedAnnounced);
          onDone();
        },
        onError: () => void words.refetch(),
      },
    );
  }

  if (words.data !== undefined && words.data.length > 0) {
    return (
      <>
        <p className={classes.wroteTitle}>{texts.wroteTitle}</p>
        <NewWords words={words.data} onRead={onDone} />
      </>
    );
  }
  return (
    <form ref={form} noValidate onSubmit={(event) => event.preventDefault()}>
      <Stack>
        <p className={classes.lead}>{texts.wrapUpText}</p>
        <Outcome draft={draft} form={report.form} missing={lacks('outcome')} onChange={(outcome) => change({ outcome })} />
        <div data-missing={lacks('tags') ? '' : undefined}>
          <p className={classes.tagsLabel}>
            {texts.tags}
            {report.form.required.includes('tags') && <span className={classes.required}> *</span>}
          </p>
          <TagsField conversation={conversation} editable field={tagsInput} />
          {lacks('tags') && <p className={classes.fieldError}>{texts.fieldMissing}</p>}
        </div>
        {report.form.fields.map((field) => (
          <ReportField
            key={field.id}
            field={field}
            value={draft.fields[field.id] ?? ''}
            missing={lacks(field.id)}
            onChange={(value) => change({ fields: { ...draft.fields, [field.id]: value } })}
          />
        ))}
        <Textarea
          label={texts.note}
          required={report.form.required.includes('note')}
          error={errorOf(lacks('note'))}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={16_000}
          value={draft.note}
          onChange={(event) => change({ note: event.currentTarget.value })}
        />
        <Textarea
          label={texts.nextStep}
          required={report.form.required.includes('nextStep')}
          error={errorOf(lacks('nextStep'))}
          autosize
          minRows={1}
          maxRows={6}
          maxLength={2_000}
          value={draft.nextStep}
          onChange={(event) => change({ nextStep: event.currentTarget.value })}
        />
        <InlineError error={file.error ?? (asProblem(close.error).code === 'conversation.texter_wrote' ? null : close.error)} />
        <div className={classes.foot}>
          {survey != null && <div className={classes.footWarning}>{survey}</div>}
          {missing.length > 0 && (
            <p className={classes.missing} role="status">
              {texts.stillMissing(missing.map((name) => labelOf(name, report)).join(' · '))}
            </p>
          )}
          <Button variant="default" disabled={busy} className={classes.save} onClick={() => submit('save')}>
            {texts.save}
          </Button>
          <Button variant="default" disabled={busy} onClick={() => submit('follow-up')}>
            {texts.planFollowUp}
          </Button>
          <Button loading={busy} onClick={() => submit('close')}>
            {survey == null ? texts.close : texts.closeAnyway}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

type OutcomeProps = { draft: ReportDraft; form: Report['form']; missing: boolean; onChange: (outcome: string) => void };

function Outcome({ draft, form, missing, onChange }: OutcomeProps) {
  const shared = { label: texts.outcome, required: form.required.includes('outcome'), error: errorOf(missing), 'data-autofocus': true };
  if (form.outcomes.length === 0) {
    return <TextInput {...shared} maxLength={100} value={draft.outcome} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
  return (
    <Select
      {...shared}
      placeholder={texts.choose}
      data={form.outcomes}
      value={draft.outcome === '' ? null : draft.outcome}
      onChange={(value) => onChange(value ?? '')}
    />
  );
}

function labelOf(name: string, { form }: Report): string {
  const parts: Record<string, string | undefined> = { outcome: texts.outcome, tags: texts.tags, note: texts.note, nextStep: texts.nextStep };
  return parts[name] ?? form.fields.find((field) => field.id === name)?.label ?? name;
}
