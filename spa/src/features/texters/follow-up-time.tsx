import { Button, TextInput } from '@mantine/core';
import { useId, useState } from 'react';

import classes from './follow-up-time.module.css';
import { texts } from './texts';
import { momentIn, zoneLabel } from './time';
import { browserZone, daysOnAt, fromField, isQuiet, knownZone, type QuietHours, toField, usualQuietHours } from './zoned-time';

const morning = 10;

type Props = {
  /** Whose clock it is: theirs, or one that is assumed. */
  zone: string;
  zoneKnown: boolean;
  value: Date | null;
  onChange: (value: Date | null) => void;
  /** The program's own, as far as whoever uses this may read them. */
  quietHours?: QuietHours | undefined;
  error?: string | undefined;
  /** The dialog begins with it. */
  isFirst?: boolean;
};

/** Picks when a texter is written to again: by their clock, with one's own beside it. */
export function FollowUpTime({ zone: named, zoneKnown, value, onChange, quietHours, error, isFirst = false }: Props) {
  const [opened] = useState(() => new Date());
  const [field, setField] = useState<string | null>(null);
  const aboutId = useId();
  const zone = knownZone(named);
  const shown = field ?? (value === null ? '' : toField(zone, value));
  const picks = [
    { label: texts.followTomorrow(momentOfDay(zone, daysOnAt(zone, opened, 1, morning))), at: daysOnAt(zone, opened, 1, morning) },
    { label: texts.followThreeDays, at: daysOnAt(zone, opened, 3, morning) },
    { label: texts.followWeek, at: daysOnAt(zone, opened, 7, morning) },
  ];

  return (
    <div>
      <TextInput
        type="datetime-local"
        label={texts.followDate}
        description={zoneKnown ? texts.followZone(zoneLabel(zone)) : texts.followZoneAssumed(zoneLabel(zone))}
        data-autofocus={isFirst ? true : undefined}
        min={toField(zone, opened)}
        value={shown}
        error={error}
        aria-describedby={aboutId}
        onChange={(event) => {
          // What is half typed is no time yet, and must not be taken away from under somebody's hands.
          setField(event.currentTarget.value);
          onChange(fromField(zone, event.currentTarget.value));
        }}
        onBlur={() => setField(null)}
      />
      <div className={classes.picks} role="group" aria-label={texts.followQuick}>
        {picks.map(({ label, at }) => (
          <Button
            key={label}
            size="compact-sm"
            variant="default"
            aria-pressed={value?.getTime() === at.getTime()}
            onClick={() => {
              setField(null);
              onChange(at);
            }}
          >
            {label}
          </Button>
        ))}
      </div>
      <div id={aboutId} role="status">
        {value !== null && <About zone={zone} at={value} quietHours={quietHours} />}
      </div>
    </div>
  );
}

function About({ zone, at, quietHours }: { zone: string; at: Date; quietHours: QuietHours | undefined }) {
  const hours = quietHours ?? usualQuietHours;
  const say = quietHours === undefined ? texts.followNight : texts.followQuiet;
  const same = toField(zone, at) === toField(browserZone(), at);
  return (
    <>
      <p className={classes.yours}>{same ? texts.followSame : texts.followYours(momentIn(undefined, at))}</p>
      {isQuiet(hours, zone, at) && <p className={classes.quiet}>{say(hours.from, hours.to)}</p>}
    </>
  );
}

const momentOfDay = (zone: string, at: Date) => toField(zone, at).slice(11);
