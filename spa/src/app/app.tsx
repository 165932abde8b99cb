import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { useEffect, useState } from 'react';
import { RouterProvider } from 'react-router';

import { createQueryClient } from '@/shared/api/query-client';
import { onPersonLeaves } from '@/shared/api/session';
import { Announcer } from '@/shared/ui/announcer';
import { cssVariables, theme } from '@/shared/ui/theme';

import { router } from './router';

/** The page's policy allows only style elements that carry this answer's nonce. */
const styleNonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
setNonce(styleNonce);

export function App() {
  const [cache] = useState(createQueryClient);

  // What one person has seen must not meet the eyes of the next at the same screen.
  useEffect(() => onPersonLeaves(() => cache.clear()), [cache]);

  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" getStyleNonce={() => styleNonce}>
      <QueryClientProvider client={cache}>
        <RouterProvider router={router} />
        <Announcer />
      </QueryClientProvider>
    </MantineProvider>
  );
}
