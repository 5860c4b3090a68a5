// The rules of the style files: colours only as tokens, logical properties only, flat selectors.

const physical = [
  'top', 'right', 'bottom', 'left', 'width', 'height', 'float', 'clear',
  '/^(min|max)-(width|height)$/',
  '/^(margin|padding)-(top|right|bottom|left)$/',
  '/^border-(top|right|bottom|left)/',
  '/^(overflow|overscroll-behavior)-(left|right)$/',
  '/^scroll-(margin|padding)-(top|right|bottom|left)$/',
];

const rules = {
  'block-no-empty': true,
  'color-hex-length': 'long',
  'color-named': 'never',
  'color-no-hex': true,
  'color-no-invalid-hex': true,
  'custom-property-no-missing-var-function': true,
  'declaration-block-no-duplicate-properties': true,
  'declaration-block-no-shorthand-property-overrides': true,
  'declaration-no-important': true,
  'declaration-property-value-disallowed-list': {
    'text-align': ['left', 'right'],
    float: ['left', 'right'],
    // A shorthand of four values is physical unless it is symmetric.
    '/^(margin|padding|inset|border-radius|border-width)$/': [/^(\S+)\s+(\S+)\s+\S+\s+(?!\2$)\S+$/],
  },
  'function-disallowed-list': ['rgb', 'rgba', 'hsl', 'hsla', 'hwb', 'lab', 'lch', 'oklab', 'oklch', 'color', 'light-dark'],
  'function-no-unknown': true,
  'max-nesting-depth': 2,
  'no-duplicate-selectors': null,
  'no-invalid-position-at-import-rule': true,
  'property-disallowed-list': physical,
  'property-no-unknown': true,
  'selector-max-id': 0,
  'selector-max-specificity': '0,5,3',
  'selector-pseudo-class-no-unknown': true,
  'selector-pseudo-element-no-unknown': true,
  'selector-type-no-unknown': true,
  'unit-no-unknown': true,
};

export default {
  rules,
  overrides: [
    { files: ['style/20-tokens.css'], rules: { 'color-no-hex': null, 'function-disallowed-list': null } },
    { files: ['style/90-print.css'], rules: { 'color-no-hex': null, 'color-hex-length': null, 'declaration-no-important': null } },
  ],
};
