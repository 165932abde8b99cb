import '@fontsource-variable/atkinson-hyperlegible-next';
import '@/shared/ui/tokens.css';
import '@/shared/ui/base.css';
import '@/shared/ui/mantine.css';

import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { restoreSession } from '@/shared/api/session';
import { locale } from '@/shared/i18n/locale';

import { App } from './app';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root.');

document.documentElement.lang = locale;
void restoreSession();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
