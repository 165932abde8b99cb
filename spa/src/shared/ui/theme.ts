import {
  ActionIcon,
  Button,
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  InputWrapper,
  Menu,
  Modal,
  Select,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';

const pine: MantineColorsTuple = [
  '#eef7f5', '#dceeea', '#b6dcd5', '#98d2c8', '#7cc7bc', '#459b90', '#2a8077', '#1d655f', '#175450', '#10433f',
];

const neutralsForLight: MantineColorsTuple = [
  '#f8f7f4', '#f1efe9', '#eeece6', '#e3e0d8', '#8b867a', '#a9a498', '#6a6b64', '#565e5a', '#363d3a', '#1e2422',
];

const neutralsForDark: MantineColorsTuple = [
  '#e9ecea', '#c3cac7', '#a6b0ac', '#77817d', '#6b7571', '#2d3432', '#212625', '#191d1c', '#141817', '#121514',
];

export const theme = createTheme({
  colors: { pine, gray: neutralsForLight, dark: neutralsForDark },
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '10px', lg: '16px', xl: '24px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  fontFamily: "'Atkinson Hyperlegible Next Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.375rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.3' },
  headings: { fontWeight: '650' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    InputWrapper: InputWrapper.extend({ styles: { label: { marginBottom: 4, fontWeight: 600, fontSize: 'var(--text-sm)' } } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 36 } }),
    Button: Button.extend({ styles: { label: { fontWeight: 600 } } }),
    // Without the placeholder, which no menu may hold; the first item has the focus.
    Menu: Menu.extend({ defaultProps: { shadow: 'md', position: 'bottom-end', withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        radius: 'lg',
        padding: 'lg',
        overlayProps: { backgroundOpacity: 0.4 },
        // Its head is no banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
      styles: { title: { fontWeight: 650, fontSize: 'var(--text-lg)' } },
    }),
    Select: Select.extend({ defaultProps: { allowDeselect: false, checkIconPosition: 'right' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'md' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'md' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, events: { hover: true, focus: true, touch: false } } }),
  },
});

/** Points Mantine's own variables at our tokens, above all where its stock greys and reds miss 4.5:1. */
export const cssVariables: CSSVariablesResolver = () => {
  const tokens = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-soft)',
    '--mantine-color-placeholder': 'var(--ink-soft)',
    '--mantine-color-error': 'var(--danger)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--button-line)',
    '--mantine-color-gray-light-hover': 'var(--hover)',
    '--mantine-color-gray-light-color': 'var(--ink)',
    '--mantine-color-gray-text': 'var(--ink-soft)',
    '--mantine-color-red-filled': '#a3271b',
    '--mantine-color-red-filled-hover': '#8a2016',
    '--mantine-color-red-text': 'var(--danger)',
    '--mantine-color-red-light-color': 'var(--danger)',
  };
  return { variables: {}, light: tokens, dark: tokens };
};
