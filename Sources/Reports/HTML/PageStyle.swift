/// The ground that the report and the viewer share: colours, type, badges, focus.
///
/// Light and dark follow the reader's system. Every text colour has a contrast of at least 4.5 to 1 on every ground it
/// stands on.
public enum PageStyle {
    /// The sheet.
    public static let sheet = """
        :root {
          --ground: #ffffff; --sunk: #f5f6f7; --ink: #16191d; --faint: #5b636d; --line: #e3e6e9; --line-strong: #c5cbd1;
          --good: #146c43; --bad: #b02a1f; --odd: #855800; --mark: #1c56b0; --second: #7a3f9d;
          --good-soft: #dff3e8; --bad-soft: #fbe4e1; --odd-soft: #f8ecd0; --mark-soft: #e6eefb;
          --mono: ui-monospace, "SFMono-Regular", "Cascadia Mono", "Liberation Mono", Menlo, monospace;
          --sans: system-ui, -apple-system, "Segoe UI", "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
          color-scheme: light dark;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #111417; --sunk: #1a1e22; --ink: #e7eaed; --faint: #9ba5af; --line: #2a3037; --line-strong: #46505a;
            --good: #6cc995; --bad: #f28b80; --odd: #e0b257; --mark: #8ab4f8; --second: #cfa2ea;
            --good-soft: #15352a; --bad-soft: #43211e; --odd-soft: #3a2e14; --mark-soft: #1a2b47;
          }
        }
        *, *::before, *::after { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.55 var(--sans); }
        a { color: var(--mark); text-underline-offset: .15em; }
        code, pre, kbd, .mono { font-family: var(--mono); }
        summary:focus-visible, a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible,
        textarea:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; border-radius: .125rem; }
        .badge { display: inline-block; padding: .0625rem .5rem; border-radius: .75rem; font-size: .75rem; font-weight: 600;
          background: var(--mark-soft); color: var(--mark); white-space: nowrap; }
        .badge.good { background: var(--good-soft); color: var(--good); }
        .badge.bad { background: var(--bad-soft); color: var(--bad); }
        .badge.odd { background: var(--odd-soft); color: var(--odd); }
        .badge.plain { background: var(--sunk); color: var(--ink); }
        @media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
        """
}
