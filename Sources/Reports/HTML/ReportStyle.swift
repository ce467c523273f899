/// The look of `report.html`: one style sheet, light and dark, for screens of any width and for paper.
public enum ReportStyle {
    /// The sheet, to stand in a page's `style` element.
    public static let sheet = """
        :root {
          --ground: #fbfaf7; --paper: #ffffff; --ink: #1d2327; --faint: #66707a; --line: #dcdfe0;
          --good: #1d7a4c; --bad: #b3372b; --odd: #94650a; --mark: #2456a6; --good-soft: #d8eee2;
          --bad-soft: #f7dedb; --odd-soft: #f6e8c9; --mark-soft: #dfe9f8;
          color-scheme: light dark;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #14171a; --paper: #1c2024; --ink: #e6e8ea; --faint: #9aa4ad; --line: #343a40;
            --good: #6fcf9b; --bad: #f08a7e; --odd: #e3b354; --mark: #8ab4f8; --good-soft: #17382a;
            --bad-soft: #43211d; --odd-soft: #3d3015; --mark-soft: #1b2d4a;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; background: var(--ground); color: var(--ink);
          font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif;
        }
        main, header, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
        header { padding-top: 2.5rem; }
        h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .25rem; letter-spacing: -.01em; }
        h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; }
        h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
        p { margin: .4rem 0; }
        a { color: var(--mark); }
        code, pre, .mono { font-family: ui-monospace, "SFMono-Regular", "Liberation Mono", monospace; font-size: .875em; }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .25rem 0; }
        .faint { color: var(--faint); }
        .badge {
          display: inline-block; padding: .1rem .6rem; border-radius: 1rem; font-size: .8rem; font-weight: 600;
          background: var(--mark-soft); color: var(--mark);
        }
        .badge.good { background: var(--good-soft); color: var(--good); }
        .badge.bad { background: var(--bad-soft); color: var(--bad); }
        .badge.odd { background: var(--odd-soft); color: var(--odd); }
        .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .9rem; }
        .card { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; padding: .9rem 1rem; }
        .card .value { font-size: 1.9rem; font-weight: 650; font-variant-numeric: tabular-nums; line-height: 1.15; }
        .card .name { font-size: .85rem; color: var(--faint); overflow-wrap: anywhere; }
        .card svg { width: 100%; height: 1.6rem; margin-top: .4rem; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; background: var(--paper); font-variant-numeric: tabular-nums; }
        th, td { text-align: left; padding: .4rem .7rem; border-bottom: 1px solid var(--line); vertical-align: top; }
        th { font-size: .8rem; color: var(--faint); font-weight: 600; }
        td.number, th.number { text-align: right; white-space: nowrap; }
        .bar { display: flex; height: .7rem; border-radius: .35rem; overflow: hidden; background: var(--line); }
        .bar span { display: block; height: 100%; }
        .bar .good { background: var(--good); } .bar .bad { background: var(--bad); } .bar .odd { background: var(--odd); }
        details { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; margin: .5rem 0; }
        summary { cursor: pointer; padding: .6rem 1rem; }
        summary:focus-visible, a:focus-visible { outline: 2px solid var(--mark); outline-offset: 2px; }
        details > .inside { padding: 0 1rem 1rem; }
        .turn { border-left: 3px solid var(--line); padding: .15rem 0 .15rem .8rem; margin: .6rem 0; }
        .turn.agent { border-color: var(--mark); } .turn.user { border-color: var(--odd); }
        .turn.failed { border-color: var(--bad); }
        .turn .who { font-size: .78rem; font-weight: 600; color: var(--faint); text-transform: uppercase; letter-spacing: .04em; }
        .call { background: var(--ground); border-radius: .4rem; padding: .35rem .6rem; margin: .3rem 0; }
        .why { background: var(--bad-soft); border-radius: .4rem; padding: .5rem .8rem; margin: .5rem 0; }
        .why.errored { background: var(--odd-soft); }
        footer { padding: 2.5rem 1.25rem; color: var(--faint); font-size: .85rem; }
        @media print {
          body { background: none; font-size: 11pt; }
          details { break-inside: avoid; border-color: #bbb; }
          .cards { grid-template-columns: repeat(3, 1fr); }
        }
        """
}
