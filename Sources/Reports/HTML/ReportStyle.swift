/// The look of `report.html`: light and dark, for screens of any width and for paper.
public enum ReportStyle {
    /// The sheet, to stand in a page's `style` element.
    public static let sheet = """
        \(PageStyle.sheet)
        header, nav, main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.5rem; }
        header { padding-top: 3rem; }
        .skip { position: absolute; left: -999rem; padding: .5rem 1rem; background: var(--ground); }
        .skip:focus { left: .5rem; top: .5rem; z-index: 2; }
        .kicker { margin: 0; font-size: .8125rem; color: var(--faint); }
        h1 { font-size: 2rem; line-height: 1.2; letter-spacing: -.02em; margin: .125rem 0 .5rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.25rem; letter-spacing: -.01em; margin: 0 0 .75rem; }
        h3 { font-size: .9375rem; margin: 1.75rem 0 .5rem; }
        p { margin: .375rem 0; }
        .lead { font-size: 1.0625rem; color: var(--faint); max-width: 46rem; margin: 0 0 .75rem; }
        .faint { color: var(--faint); }
        section > .empty { color: var(--faint); padding: 1.25rem 0; }
        .note { padding: .625rem .875rem; border-left: 3px solid var(--odd); background: var(--odd-soft); overflow-wrap: anywhere; }
        header .meta { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: .75rem 0; padding: 0;
          color: var(--faint); font-size: .875rem; font-variant-numeric: tabular-nums; align-items: center; }
        header .meta li { overflow-wrap: anywhere; min-width: 0; }
        nav { position: sticky; top: 0; background: var(--ground); z-index: 1; max-width: none; border-bottom: 1px solid var(--line); }
        nav ul { max-width: 59rem; margin: 0 auto; padding: 0; list-style: none; display: flex; gap: 1.25rem; overflow-x: auto;
          scrollbar-width: none; font-size: .875rem; }
        nav a { display: block; padding: .625rem 0; color: var(--faint); text-decoration: none; white-space: nowrap; }
        nav a:hover { color: var(--ink); }
        section { padding: 2.25rem 0 .5rem; scroll-margin-top: 1.5rem; }
        section + section { border-top: 1px solid var(--line); margin-top: 1.75rem; }
        .headlines { display: grid; gap: 1.25rem 2rem; grid-template-columns: repeat(auto-fill, minmax(min(12.5rem, 100%), 1fr)); margin: 1.25rem 0 2rem; }
        .headlines.count-1 { grid-template-columns: 1fr; }
        .headline h3 { margin: 0; font-size: .875rem; color: var(--faint); font-weight: 500; overflow-wrap: anywhere; }
        .headline p { margin: 0; font-size: .875rem; font-variant-numeric: tabular-nums; }
        .headline .value { font-size: 2.75rem; font-weight: 650; letter-spacing: -.03em; line-height: 1.15; }
        .headline .name { font-weight: 600; overflow-wrap: anywhere; }
        .headline .interval-plot { width: 100%; max-width: 14rem; display: block; margin: .375rem 0 .25rem -.375rem; }
        .figures { display: flex; flex-wrap: wrap; gap: .75rem 2.5rem; margin: .5rem 0 1.25rem; }
        .figures dt { color: var(--faint); font-size: .8125rem; }
        .figures dd { margin: 0; font-size: 1.125rem; font-weight: 600; font-variant-numeric: tabular-nums; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; padding: .4375rem .75rem .4375rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        thead th { font-size: .8125rem; color: var(--faint); font-weight: 500; border-color: var(--line-strong); white-space: nowrap; }
        thead td { border-color: var(--line-strong); }
        tbody th { font-weight: 500; overflow-wrap: anywhere; min-width: 6.5rem; }
        td.number, th.number { text-align: right; white-space: nowrap; padding-left: .75rem; }
        td .interval-plot { width: 9rem; min-width: 7rem; display: block; margin-top: .0625rem; }
        .again { color: var(--faint); font-weight: 400; }
        td .mono { overflow-wrap: anywhere; font-size: .8125rem; }
        code { font-size: .875em; overflow-wrap: anywhere; }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .8125rem; margin: .25rem 0; }
        .outcome-bar { display: block; width: 100%; height: .75rem; border-radius: .375rem; }
        .outcome-bar .ground, .outcome-bar .open { fill: var(--line); }
        .good { --part: var(--good); } .bad { --part: var(--bad); } .odd { --part: var(--odd); } .open { --part: var(--line-strong); }
        .outcome-bar .good, .outcome-bar .bad, .outcome-bar .odd { fill: var(--part); }
        .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.75rem; padding: 0; margin: .75rem 0; font-size: .875rem;
          font-variant-numeric: tabular-nums; }
        .swatch { display: inline-block; width: .625rem; height: .625rem; border-radius: .125rem; background: var(--part); margin-right: .25rem; }
        .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(17.5rem, 100%), 1fr)); gap: 1.5rem 2rem; margin: 1rem 0; }
        .chart { margin: 0; min-width: 0; max-width: 26rem; }
        .chart figcaption { font-size: .875rem; display: flex; flex-wrap: wrap; gap: 0 .75rem; align-items: baseline; }
        .chart .caption { font-size: .8125rem; color: var(--faint); margin: .125rem 0 0; font-variant-numeric: tabular-nums; }
        .plot { display: block; width: 100%; height: auto; }
        .plot .tick { font: 11px var(--sans); fill: var(--faint); text-anchor: middle; font-variant-numeric: tabular-nums; }
        .plot .tick.start { text-anchor: start; } .plot .tick.end { text-anchor: end; }
        .plot .grid, .interval-plot .grid { stroke: var(--line); stroke-width: 1; }
        .plot .axis, .interval-plot .axis { stroke: var(--line-strong); stroke-width: 1; }
        .plot .bar { fill: var(--mark); opacity: .8; }
        .plot .area { fill: var(--mark); opacity: .3; } .plot .band { fill: var(--mark); opacity: .15; }
        .plot .line { fill: none; stroke: var(--mark); stroke-width: 2; stroke-linejoin: round; }
        .plot .line.faint { stroke-width: 1.5; stroke-dasharray: 4 3; color: inherit; }
        .plot .event { stroke: var(--bad); stroke-width: 1.5; }
        .interval { stroke: var(--mark); stroke-width: 4; stroke-linecap: round; stroke-opacity: .45; }
        .plot .interval { stroke: var(--ink); stroke-opacity: .6; }
        .dot { fill: var(--mark); } .plot .dot { stroke: var(--ground); stroke-width: 1.5; }
        .plot circle.dot { fill: var(--ink); } .plot .dot.hollow { fill: var(--ground); stroke: var(--mark); }
        .key { color: var(--faint); font-size: .8125rem; }
        .key i { display: inline-block; width: 1rem; height: 0; border-top: 2px solid var(--mark); vertical-align: middle; margin: 0 .25rem 0 .375rem; }
        .key i.open { border-top-style: dashed; } .key i.block { height: .625rem; border: 0; background: var(--mark); opacity: .3; }
        .picture { margin: 1rem 0; } .picture img { max-width: 100%; height: auto; background: #fff; border-radius: .25rem; }
        .picture figcaption { font-size: .8125rem; color: var(--faint); }
        details.failure, details.fold, body > main > section > details { border-bottom: 1px solid var(--line); }
        section > details > summary { cursor: pointer; padding: .5rem .25rem; font-size: .875rem; overflow-wrap: anywhere; }
        section > details > summary:hover { background: var(--sunk); }
        section > details > .inside { padding: .25rem 0 1.5rem 1rem; }
        .failure .sample { font-weight: 600; } .failure .why-line { color: var(--faint); }
        .fidelity { border-left: 3px solid var(--line-strong); padding-left: .875rem; margin: 0 0 1.25rem; max-width: 46rem; }
        .fidelity h3 { margin: 0; }
        .turn { border-left: 3px solid var(--line-strong); padding: .125rem 0 .125rem .875rem; margin: .625rem 0; }
        .turn.agent { border-color: var(--mark); } .turn.user { border-color: var(--second); }
        .turn .who { font-size: .8125rem; font-weight: 600; color: var(--faint); }
        footer { padding: 2.5rem 1.5rem 3rem; color: var(--faint); font-size: .8125rem; }
        @media (max-width: 40rem) {
          header, nav, main, footer { padding-left: 1rem; padding-right: 1rem; }
          header { padding-top: 1.5rem; } h1 { font-size: 1.5rem; }
          section > details > .inside { padding-left: 0; }
          .headline .value { font-size: 2.25rem; }
          td.drawing { display: none; }
          .headlines { grid-template-columns: repeat(auto-fill, minmax(min(9.5rem, 100%), 1fr)); gap: 1.25rem; }
          .headlines.count-1 { grid-template-columns: 1fr; }
        }
        @media print {
          :root {
            --ground: #fff; --sunk: #f5f6f7; --ink: #000; --faint: #444; --line: #ddd; --line-strong: #aaa;
            --good: #146c43; --bad: #b02a1f; --odd: #855800; --mark: #1c56b0; --second: #7a3f9d;
            --good-soft: #dff3e8; --bad-soft: #fbe4e1; --odd-soft: #f8ecd0; --mark-soft: #e6eefb; color-scheme: light;
          }
          body { font-size: 10pt; } nav, .skip { display: none; } header { padding-top: 0; }
          header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
          .chart, .headline, tr { break-inside: avoid; } h2, h3 { break-after: avoid; } section { padding-top: 1rem; }
          .scroll { overflow: visible; }
        }
        """
}
