import reactHooks from 'eslint-plugin-react-hooks';
import { importX } from 'eslint-plugin-import-x';
import jsxA11y from 'eslint-plugin-jsx-a11y-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import tseslint from 'typescript-eslint';

const features = [
  'api-keys', 'audit', 'canned-responses', 'conversations', 'dead-letters', 'escalations', 'messages', 'notifications', 'people', 'presence', 'privacy', 'queue', 'retention',
  'risk', 'session', 'simulator', 'supervision', 'surveys', 'texters', 'triage', 'webhooks',
];

/** Shared knows nobody, a feature knows only what is shared, the app knows all. */
const oneWay = [
  { target: './src/shared', from: ['./src/features', './src/app'] },
  { target: './src/features', from: './src/app' },
  ...features.map((feature) => ({
    target: `./src/features/${feature}`,
    from: './src/features',
    except: [`./${feature}`],
  })),
];

const kebabCaseFiles = {
  rules: {
    'kebab-case': {
      meta: { type: 'suggestion', schema: [] },
      create: (context) => ({
        Program(node) {
          const file = context.filename.split('/').at(-1);
          if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)+$/.test(file)) {
            context.report({ node, message: `File names are kebab-case: ${file}` });
          }
        },
      }),
    },
  },
};

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'src/shared/api/schema.gen.ts'] },
  {
    files: ['src/**/*.{ts,tsx}', 'vite.config.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked, jsxA11y.configs.strict],
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    plugins: { 'import-x': importX, 'react-hooks': reactHooks, house: kebabCaseFiles },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      ...reactHooks.configs['recommended-latest'].rules,
      'house/kebab-case': 'error',
      'import-x/no-restricted-paths': ['error', { zones: oneWay }],
      'import-x/no-cycle': 'error',
      'import-x/no-duplicates': 'error',
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      // A log that scrolls has to be reachable by keyboard.
      'jsx-a11y-x/no-noninteractive-tabindex': ['error', { tags: [], roles: ['tabpanel', 'log'] }],
      'max-lines': ['error', { max: 300, skipBlankLines: true }],
    },
  },
);
