import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: [".venv/**", "build/**", "dist/**", "site/**"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: { eqeqeq: "error", "prefer-const": "error", "no-var": "error", "no-eval": "error", "no-implied-eval": "error" },
  },
  { files: ["site_templates/assets/js/**/*.js", "site_templates/html/*.js"], languageOptions: { globals: globals.browser } },
];
