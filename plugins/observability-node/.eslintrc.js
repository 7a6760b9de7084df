module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // Registers tests for other packages, from functions that are shared out.
      files: ['src/testUtils/contract/*.ts'],
      rules: {
        'jest/expect-expect': [
          'error',
          { assertFunctionNames: ['expect', 'check*', 'failAndRecover'] },
        ],
        'jest/no-conditional-expect': 'off',
        'jest/no-export': 'off',
        'jest/no-standalone-expect': 'off',
      },
    },
  ],
});
