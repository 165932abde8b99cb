import { Button, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useRef, useState } from 'react';

import { texterQuery } from '@/shared/api/texters';
import type { Texter } from '@/shared/api/types';
import { useMe } from '@/shared/api/use-session';
import { ago, fullTime } from '@/shared/i18n/format';
import { announce } from '@/shared/ui/announcer';
import { DetailSection } from '@/shared/ui/detail-section';
import { InlineError } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';

import { useSetPlan } from './api';
import { type Draft, planDraft, useTexterDraft } from './drafts';
import { may } from './may';
import classes from './plan.module.css';
import { texts } from './texts';

const longest = 8_000;

/** What helps this texter and what was agreed: the first thing that whoever answers next should see. */
export function PlanSection({ texter }: { texter: Texter }) {
  const me = useMe();
  const [draft, write] = useTexterDraft(planDraft(texter.id));
  const [began, setBegan] = useState(false);
  const editButton = useRef<HTMLButtonElement>(null);
  const { plan } = texter;

  function begin() {
    setBegan(true);
    write({ text: plan?.text ?? '', from: plan?.at ?? null });
  }

  function done() {
    write(undefined);
    requestAnimationFrame(() => editButton.current?.focus());
  }

  if (draft !== undefined && may.write(me)) {
    return (
      <div className={classes.plan}>
        <DetailSection title={texts.planTitle}>
          <PlanForm texter={texter} draft={draft} focused={began} onWrite={write} onDone={done} />
        </DetailSection>
      </div>
    );
  }
  return (
    <div className={classes.plan} data-empty={plan == null}>
      <DetailSection title={texts.planTitle}>
        {plan == null ? <p className={classes.none}>{texts.planNone}</p> : <Plan plan={plan} />}
        {may.write(me) && (
          <Button
            ref={editButton}
            className={classes.edit}
            variant={plan == null ? 'default' : 'subtle'}
            size="compact-sm"
            aria-label={plan == null ? undefined : texts.planEditLabel}
            onClick={begin}
          >
            {plan == null ? texts.planWrite : texts.planEdit}
          </Button>
        )}
      </DetailSection>
    </div>
  );
}

function Plan({ plan }: { plan: NonNullable<Texter['plan']> }) {
  const now = useMinute();
  return (
    <>
      {plan.text == null ? <p className={classes.none}>{texts.planUnreadable}</p> : <p className={classes.text}>{plan.text}</p>}
      <p className={classes.by} title={fullTime(plan.at)}>
        {texts.planBy(plan.byName ?? texts.someone, ago(plan.at, now))}
      </p>
    </>
  );
}

type FormProps = { texter: Texter; draft: Draft; focused: boolean; onWrite: (draft: Draft) => void; onDone: () => void };

function PlanForm({ texter, draft, focused, onWrite, onDone }: FormProps) {
  const cache = useQueryClient();
  const setPlan = useSetPlan(texter.id);
  const [checking, setChecking] = useState(false);
  const { plan } = texter;
  const { text, from } = draft;
  const standing = plan?.at ?? null;
  const changed = standing !== from;
  const tooMuch = text.length - longest;
  const removes = text.trim() === '' && plan != null;

  /** Nobody's words are written over unseen: what stands on the server is looked at first. */
  async function save(over: string | null) {
    if (tooMuch > 0 || checking || setPlan.isPending) return;
    setChecking(true);
    const latest = await cache.query({ ...texterQuery(texter.id), staleTime: 0 }).catch(() => texter);
    setChecking(false);
    if ((latest.plan?.at ?? null) !== over) return;
    setPlan.mutate(text.trim(), {
      onSuccess: () => {
        announce(removes ? texts.planRemoved : texts.planSaved);
        onDone();
      },
    });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onDone();
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save(from);
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save(from);
      }}
    >
      {changed && (
        <div className={classes.changed} role="alert">
          <p>{texts.planChanged(plan?.byName ?? texts.someone)}</p>
          <p className={classes.theirs}>{plan == null ? texts.planChangedEmpty : (plan.text ?? texts.planUnreadable)}</p>
        </div>
      )}
      <Textarea
        aria-label={texts.planField}
        description={texts.keysHint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={texts.planPlaceholder}
        autosize
        minRows={4}
        maxRows={16}
        size="sm"
        ref={focused ? focusAtEnd : undefined}
        value={text}
        error={tooMuch > 0 ? texts.tooLong(tooMuch) : undefined}
        onChange={(event) => onWrite({ text: event.currentTarget.value, from })}
        onKeyDown={onKeyDown}
      />
      <InlineError error={setPlan.error} />
      <div className={classes.buttons}>
        <Button variant="default" size="sm" onClick={onDone}>
          {changed ? texts.planTakeTheirs : texts.cancel}
        </Button>
        {changed ? (
          <Button size="sm" loading={checking || setPlan.isPending} onClick={() => void save(standing)}>
            {texts.planReplace}
          </Button>
        ) : (
          <Button type="submit" size="sm" loading={checking || setPlan.isPending} disabled={tooMuch > 0 || (text.trim() === '' && !removes)}>
            {removes ? texts.planRemove : texts.planSave}
          </Button>
        )}
      </div>
    </form>
  );
}

/** Where one goes on writing. */
function focusAtEnd(field: HTMLTextAreaElement | null) {
  if (field === null || document.activeElement === field) return;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}
