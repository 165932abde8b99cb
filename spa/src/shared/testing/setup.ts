import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// A machine with other work to do is slow, not wrong.
configure({ asyncUtilTimeout: 5_000 });

// What the components ask of a browser and jsdom does not have.
window.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media, onchange: null }) as MediaQueryList;

window.ResizeObserver = class {
  observe = () => undefined;
  unobserve = () => undefined;
  disconnect = () => undefined;
};

Object.defineProperty(document, 'fonts', { value: new EventTarget() });

Element.prototype.scrollIntoView = () => undefined;

afterEach(() => {
  cleanup();
  localStorage.clear();
  sessionStorage.clear();
  vi.useRealTimers();
});
