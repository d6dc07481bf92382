// Colours and letters, in light and dark. A page changes the look by the custom properties named
// `--budget-qa-…`; contrast is then its own care.

const light = `
  color-scheme: light;
  --paper: var(--budget-qa-paper, #f6f5f0);
  --card: var(--budget-qa-card, #ffffff);
  --ink: var(--budget-qa-ink, #1c2628);
  --soft: var(--budget-qa-soft, #55636a);
  --line: var(--budget-qa-line, #dfddd4);
  --edge: #8b958f;
  --accent: var(--budget-qa-accent, #14605a);
  --accent-strong: var(--budget-qa-accent-strong, #0d4a45);
  --accent-wash: var(--budget-qa-accent-wash, #e5f0ed);
  --on-accent: var(--budget-qa-on-accent, #ffffff);
  --gold: #855508;
  --gold-wash: #fcf3df;
  --red: #9f2a24;
  --red-wash: #fbeae8;
  --shadow: 0 1px 2px rgb(29 39 41 / 6%), 0 6px 20px rgb(29 39 41 / 6%);
  --chart-1: #1f7a72;
  --chart-2: #c58a2b;
  --chart-3: #4a6fa5;
  --chart-4: #a8553f;
  --chart-5: #7a9a4b;
  --chart-6: #7d6b9e;
`;

const dark = `
  color-scheme: dark;
  --paper: var(--budget-qa-dark-paper, #12181a);
  --card: var(--budget-qa-dark-card, #1b2325);
  --ink: var(--budget-qa-dark-ink, #e7eae7);
  --soft: var(--budget-qa-dark-soft, #a6b3b5);
  --line: var(--budget-qa-dark-line, #333e40);
  --edge: #77858a;
  --accent: var(--budget-qa-dark-accent, #6fc3b8);
  --accent-strong: var(--budget-qa-dark-accent-strong, #97d9d0);
  --accent-wash: var(--budget-qa-dark-accent-wash, #1b3633);
  --on-accent: var(--budget-qa-dark-on-accent, #0c1b1a);
  --gold: #ecc67f;
  --gold-wash: #372d18;
  --red: #f2a7a1;
  --red-wash: #3b2321;
  --shadow: 0 1px 2px rgb(0 0 0 / 30%);
  --chart-1: #5fb8ac;
  --chart-2: #dbab5c;
  --chart-3: #86a9dc;
  --chart-4: #d68d77;
  --chart-5: #a9c77a;
  --chart-6: #b3a1d6;
`;

export const tokens = `
:host {
  --radius: var(--budget-qa-radius, 14px);
  --sans: var(--budget-qa-font, "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei",
    "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif);
  --serif: var(--budget-qa-title-font, "Songti SC", "Source Han Serif SC", "Noto Serif CJK SC",
    "SimSun", serif);
  ${light}
}
@media (prefers-color-scheme: dark) {
  :host(:not([theme="light"])) {${dark}}
}
:host([theme="dark"]) {${dark}}
`;
