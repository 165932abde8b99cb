import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';

import type { Texter } from '@/shared/api/types';
import { useMe } from '@/shared/api/use-session';
import { wordFor } from '@/shared/i18n/texts';
import { announce } from '@/shared/ui/announcer';
import { shortMask } from '@/shared/ui/short-mask';
import { InlineError } from '@/shared/ui/states';

import { useJoin, useSeparate } from './api';
import { may } from './may';
import { NumberSearch } from './number-search';
import { texts } from './texts';
import classes from './texter-card.module.css';

type Address = Texter['addresses'][number];

/** Where they write from, masked; an admin can say that one of them is somebody else. */
export function Addresses({ texter }: { texter: Texter }) {
  const separable = may.join(useMe()) && texter.addresses.length > 1;
  const [separating, setSeparating] = useState<Address | null>(null);

  return (
    <>
      {texter.addresses.map((address) => (
        <div key={address.id}>
          <dt>{wordFor(texts.addressKind, address.kind) ?? texts.address}</dt>
          <dd className={classes.address}>
            {shortMask(address.masked)}
            {separable && (
              <Button
                variant="subtle"
                size="compact-xs"
                aria-label={texts.separateLabel(shortMask(address.masked))}
                onClick={() => setSeparating(address)}
              >
                {texts.separate}
              </Button>
            )}
          </dd>
        </div>
      ))}
      {separating !== null && <SeparateDialog texterId={texter.id} address={separating} onDone={() => setSeparating(null)} />}
    </>
  );
}

function SeparateDialog({ texterId, address, onDone }: { texterId: string; address: Address; onDone: () => void }) {
  const separate = useSeparate(texterId);
  function confirm() {
    separate.mutate(address.id, {
      onSuccess: () => {
        announce(texts.separated);
        onDone();
      },
    });
  }

  return (
    <Modal opened onClose={onDone} title={texts.separateTitle} closeButtonProps={{ 'aria-label': texts.cancel }}>
      <Stack>
        <Text size="sm">{texts.separateLead(shortMask(address.masked))}</Text>
        <InlineError error={separate.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {texts.cancel}
          </Button>
          <Button loading={separate.isPending} onClick={confirm}>
            {texts.separateConfirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** For one person who writes from two places. */
export function JoinButton({ texter }: { texter: Texter }) {
  const [open, setOpen] = useState(false);
  if (!may.join(useMe())) return null;
  return (
    <>
      <Button className={classes.join} variant="default" size="compact-sm" onClick={() => setOpen(true)}>
        {texts.joinOpen}
      </Button>
      {open && <JoinDialog texter={texter} onDone={() => setOpen(false)} />}
    </>
  );
}

function JoinDialog({ texter, onDone }: { texter: Texter; onDone: () => void }) {
  const join = useJoin(texter.id);
  function confirm(otherId: string) {
    join.mutate(otherId, {
      onSuccess: () => {
        announce(texts.joined);
        onDone();
      },
    });
  }

  return (
    <Modal opened onClose={onDone} title={texts.joinTitle} closeButtonProps={{ 'aria-label': texts.cancel }}>
      <Stack>
        <Text size="sm" c="dimmed">
          {texts.joinLead}
        </Text>
        <div>
          <NumberSearch>
            {(found) =>
              found.id === texter.id ? (
                <p className={classes.same}>{texts.joinSame}</p>
              ) : (
                <Button loading={join.isPending} onClick={() => confirm(found.id)}>
                  {texts.joinConfirm}
                </Button>
              )
            }
          </NumberSearch>
        </div>
        <InlineError error={join.error} />
      </Stack>
    </Modal>
  );
}
