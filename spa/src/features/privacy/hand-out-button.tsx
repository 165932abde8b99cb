import { Button } from '@mantine/core';

import { asProblem } from '@/shared/api/problem';
import page from '@/shared/ui/page.module.css';
import { InlineError } from '@/shared/ui/states';

import { useHandOut } from './api';
import { texts } from './texts';

export function HandOutButton({ texterId }: { texterId: string }) {
  const handOut = useHandOut(texterId);
  const cutShort = handOut.isError && asProblem(handOut.error).code.startsWith('client.');
  return (
    <>
      <Button variant="default" loading={handOut.isPending} onClick={() => handOut.mutate()}>
        {texts.handOut}
      </Button>
      <p role="status" className={page.facts}>
        {handOut.isPending && <span className="visually-hidden">{texts.handOutBusy}</span>}
        {handOut.data !== undefined && texts.handOutDone(handOut.data)}
        {cutShort && texts.handOutEmpty}
      </p>
      {!cutShort && <InlineError error={handOut.error} />}
    </>
  );
}
