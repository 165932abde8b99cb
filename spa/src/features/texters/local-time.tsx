import { Button, CloseButton, Select } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';

import type { Texter } from '@/shared/api/types';
import { useMe } from '@/shared/api/use-session';
import { announce } from '@/shared/ui/announcer';
import { IconClock, IconMoon } from '@/shared/ui/icons';
import { InlineError } from '@/shared/ui/states';
import { useMinute } from '@/shared/ui/use-now';

import { useSetTimeZone } from './api';
import classes from './local-time.module.css';
import { may } from './may';
import { texts } from './texts';
import { clockThere, spokenZone, zoneLabel } from './time';
import { isQuiet, knowsZone, usualQuietHours } from './zoned-time';

const often = [
  'America/New_York', 'America/Chicago', 'America/Denver', 'America/Phoenix', 'America/Los_Angeles', 'America/Anchorage', 'Pacific/Honolulu', 'America/Puerto_Rico',
];
const forget = 'forget';

/** What time it is where the texter is: nobody should have to work that out in the middle of a conversation. */
export function LocalTime({ texter }: { texter: Texter }) {
  const me = useMe();
  const now = useMinute();
  const [choosing, setChoosing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { timeZone, timeZoneKnown } = texter;
  const { time, days } = clockThere(timeZone, now);
  const night = isQuiet(usualQuietHours, timeZone, now);
  const Icon = night ? IconMoon : IconClock;

  function done() {
    setChoosing(false);
    requestAnimationFrame(() => button.current?.focus());
  }

  return (
    <div className={classes.local}>
      <p className={classes.time} data-night={night}>
        <Icon size={18} stroke={1.75} aria-hidden="true" />
        <span>{[texts.localTime(time), texts.localDay[`${days}`]].filter(Boolean).join(' ')}</span>
        {night && <span className={classes.night}>{texts.night}</span>}
      </p>
      {choosing ? (
        <ZonePicker texter={texter} onDone={done} />
      ) : (
        <p className={classes.zone}>
          {timeZoneKnown ? zoneLabel(timeZone) : texts.zoneAssumed(zoneLabel(timeZone))}
          {may.write(me) && (
            <Button ref={button} variant="subtle" size="compact-xs" aria-label={texts.zoneChangeLabel} onClick={() => setChoosing(true)}>
              {texts.zoneChange}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}

function ZonePicker({ texter, onDone }: { texter: Texter; onDone: () => void }) {
  const setTimeZone = useSetTimeZone(texter.id);
  const choices = useMemo(() => zoneChoices(texter.timeZoneKnown), [texter.timeZoneKnown]);

  function choose(choice: string | null) {
    if (choice === null) return;
    setTimeZone.mutate(choice === forget ? null : choice, {
      onSuccess: () => {
        announce(choice === forget ? texts.zoneForgotten : texts.zoneSaved(zoneLabel(choice)));
        onDone();
      },
    });
  }

  return (
    <>
      <div className={classes.picker}>
        <Select
          size="sm"
          aria-label={texts.zoneField}
          placeholder={texts.zonePlaceholder}
          searchable
          ref={focusAtOnce}
          defaultDropdownOpened
          nothingFoundMessage={texts.zoneNothing}
          limit={60}
          maxDropdownHeight={280}
          comboboxProps={{ withinPortal: false }}
          data={choices}
          value={null}
          disabled={setTimeZone.isPending}
          onChange={choose}
        />
        <CloseButton size="sm" aria-label={texts.cancel} onClick={onDone} />
      </div>
      <InlineError error={setTimeZone.error} />
    </>
  );
}

/** Findable by what people say, “Mountain”, as well as by the name in the database. */
function zoneChoices(mayForget: boolean) {
  const option = (zone: string) => ({ value: zone, label: [zoneLabel(zone), spokenZone(zone)].filter(Boolean).join(' · ') });
  const others = Intl.supportedValuesOf('timeZone').filter((zone) => !often.includes(zone));
  return [
    { group: texts.zoneOften, items: [...(mayForget ? [{ value: forget, label: texts.zoneForget }] : []), ...often.filter(knowsZone).map(option)] },
    { group: texts.zoneAll, items: others.map(option) },
  ];
}

const focusAtOnce = (field: HTMLInputElement | null) => field?.focus();
