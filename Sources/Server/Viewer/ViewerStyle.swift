/// The look of the viewer's own pages, on the ground that ``PageStyle`` lays.
enum ViewerStyle {
    static let sheet = """
        .skip { position: absolute; left: -999rem; padding: .5rem 1rem; background: var(--ground); }
        .skip:focus { left: .5rem; top: .5rem; z-index: 3; }
        .top { position: sticky; top: 0; z-index: 2; background: var(--ground); border-bottom: 1px solid var(--line);
          display: flex; align-items: center; gap: 1rem; padding: 0 1.5rem; font-size: .875rem; min-height: 2.75rem; }
        .top nav { flex: 1; min-width: 0; }
        .top ol { list-style: none; margin: 0; padding: 0; display: flex; gap: .5rem; min-width: 0; white-space: nowrap; }
        .top li { overflow: hidden; text-overflow: ellipsis; padding: .25rem .125rem; }
        .top li + li::before { content: "/"; color: var(--faint); margin-right: .5rem; }
        .top a { color: inherit; text-decoration: none; } .top a:hover { text-decoration: underline; }
        .top .home { font-weight: 700; letter-spacing: -.01em; }
        .top li[aria-current] { color: var(--faint); }
        main { max-width: 78rem; margin: 0 auto; padding: 1.5rem 1.5rem 4rem; }
        h1 { font-size: 1.5rem; line-height: 1.25; letter-spacing: -.015em; margin: 0; overflow-wrap: anywhere; min-width: 0; }
        h2 { font-size: 1.0625rem; letter-spacing: -.01em; margin: 0; }
        p { margin: .375rem 0; }
        section { margin-top: 2rem; }
        .line { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; }
        .line p { margin: 0; }
        .lead { color: var(--faint); margin: .25rem 0 1rem; overflow-wrap: anywhere; font-size: .875rem; }
        .faint, .sub { color: var(--faint); }
        .mono { font-size: .9375em; } .off { color: var(--faint); }
        code { font-size: .875em; overflow-wrap: anywhere; }
        .sub { display: block; font-size: .8125rem; font-weight: 400; overflow-wrap: anywhere; }
        .sub.odd { color: var(--odd); }
        .empty { color: var(--faint); padding: 2rem 0; }
        .note { padding: .5rem .875rem; border-left: 3px solid var(--odd); background: var(--odd-soft); overflow-wrap: anywhere;
          font-size: .875rem; margin: .75rem 0; }
        .note.bad { border-color: var(--bad); background: var(--bad-soft); }
        pre.note { white-space: pre-wrap; }
        .badge.live::before { content: ""; display: inline-block; width: .4375rem; height: .4375rem; border-radius: 50%;
          background: currentColor; margin-right: .375rem; vertical-align: .0625rem; }
        .tag { display: inline-block; padding: 0 .4375rem; border: 1px solid var(--line-strong); border-radius: .25rem;
          font-size: .75rem; color: var(--ink); overflow-wrap: anywhere; }
        .figures { display: flex; flex-wrap: wrap; gap: .5rem 2.25rem; margin: .875rem 0 0; }
        .figures dt { color: var(--faint); font-size: .8125rem; }
        .figures dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
        .outcomes { display: block; width: 100%; height: .5rem; border-radius: .25rem; }
        .outcomes .ground { fill: var(--line); } .outcomes .good { fill: var(--good); } .outcomes .bad { fill: var(--bad); }
        .outcomes .odd { fill: var(--odd); } .outcomes .plain { fill: var(--faint); }
        .scores { list-style: none; margin: .5rem 0 0; padding: 0; display: grid; gap: .75rem 2rem;
          grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); }
        .scores .name { display: block; font-size: .8125rem; color: var(--faint); overflow-wrap: anywhere; }
        .scores .value { font-size: 1.625rem; font-weight: 650; letter-spacing: -.02em; line-height: 1.2; font-variant-numeric: tabular-nums; }
        .scores .sub { font-variant-numeric: tabular-nums; }
        .filters { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; margin: .875rem 0; }
        .field { display: block; min-width: 0; } .field.grow { flex: 1 1 15rem; }
        .field > span { display: block; font-size: .8125rem; color: var(--faint); margin-bottom: .1875rem; }
        input, select, button, textarea { font: inherit; font-size: .875rem; color: var(--ink); background: var(--ground);
          border: 1px solid var(--line-strong); border-radius: .3125rem; padding: .375rem .625rem; min-height: 2.25rem; max-width: 100%; }
        input, textarea { width: 100%; } input.mono { font-family: var(--mono); font-size: .8125rem; }
        select { width: 100%; }
        input::placeholder { color: var(--faint); opacity: 1; }
        input[aria-invalid] { border-color: var(--bad); }
        button { cursor: pointer; background: var(--sunk); font-weight: 600; } button:hover { border-color: var(--faint); }
        button.quiet { background: none; border: 0; font-weight: 400; color: var(--faint); padding: .25rem .5rem; min-height: 2rem; }
        .chips { list-style: none; display: flex; flex-wrap: wrap; gap: .375rem; margin: .625rem 0; padding: 0; font-size: .875rem; }
        .chips a { display: block; padding: .1875rem .625rem; border: 1px solid var(--line-strong); border-radius: 1rem; color: inherit;
          text-decoration: none; font-variant-numeric: tabular-nums; }
        .chips a:hover { background: var(--sunk); }
        .chips a[aria-current] { background: var(--mark-soft); border-color: var(--mark); color: var(--mark); }
        .chips a[aria-current] .faint { color: inherit; }
        .help { font-size: .875rem; margin: .25rem 0 1rem; } .help summary, .annotate summary { cursor: pointer; color: var(--faint); font-size: .875rem; }
        .fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .25rem 1.5rem; margin: .5rem 0; }
        .fields div { display: flex; gap: .625rem; } .fields dt { min-width: 7rem; } .fields dd { margin: 0; color: var(--faint); }
        .scroll { overflow-x: auto; }
        table.list { border-collapse: collapse; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums; }
        .list th, .list td { text-align: left; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        .list thead th { font-size: .8125rem; font-weight: 500; color: var(--faint); border-color: var(--line-strong); white-space: nowrap; }
        .list thead a { color: inherit; text-decoration: none; } .list thead a:hover { text-decoration: underline; }
        .list thead [aria-sort] a { color: var(--ink); font-weight: 600; }
        .list tbody th { font-weight: 500; min-width: 12rem; overflow-wrap: anywhere; }
        .list .number { text-align: right; padding-left: .75rem; white-space: nowrap; }
        .list tbody tr:hover { background: var(--sunk); }
        .list tbody tr:focus-within { background: var(--mark-soft); }
        .episodes .summary { max-width: 46rem; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 1; overflow: hidden; }
        a.row { color: inherit; font-weight: 600; text-decoration: none; } a.row:hover { text-decoration: underline; }
        .pager { display: flex; gap: 1.25rem; padding: .875rem 0; font-size: .875rem; }
        .ways { position: sticky; top: 2.75rem; z-index: 1; background: var(--ground); border-bottom: 1px solid var(--line);
          margin-bottom: 1rem; font-size: .875rem; }
        .ways ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; padding: .5rem 0; }
        .ways .within { color: var(--faint); flex: 1; text-align: right; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 8rem; }
        kbd { font-size: .75rem; border: 1px solid var(--line-strong); border-radius: .1875rem; padding: 0 .25rem; color: var(--faint); }
        .transcript .message { scroll-margin-top: 6rem; }
        ::highlight(search) { background: var(--odd-soft); color: var(--ink); text-decoration: underline; }
        .said { list-style: none; margin: .5rem 0; padding: 0; font-size: .875rem; }
        .said li { border-left: 3px solid var(--second); padding: .125rem 0 .125rem .875rem; margin: .75rem 0; }
        .said .text { white-space: pre-wrap; overflow-wrap: anywhere; }
        .annotate { margin: 1.5rem 0; font-size: .875rem; }
        .columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 2.5rem; }
        .column { margin-top: .5rem; min-width: 0; } .column .mono { overflow-wrap: anywhere; margin-top: 0; font-size: .8125rem; }
        .column .sides { grid-template-columns: minmax(0, 1fr); gap: .5rem; }
        .problem { max-width: 40rem; padding-top: 3rem; } .problem .status { color: var(--faint); margin: 0; }
        dialog { border: 1px solid var(--line-strong); border-radius: .5rem; background: var(--ground); color: var(--ink); padding: 1.25rem 1.5rem; }
        dialog::backdrop { background: rgb(0 0 0 / .4); }
        dialog dl { margin: .75rem 0; display: grid; gap: .375rem; font-size: .875rem; } dialog dl div { display: flex; gap: .75rem; }
        dialog dt { min-width: 2rem; } dialog dd { margin: 0; }
        @media (max-width: 46rem) {
          .top { padding: 0 1rem; } main { padding: 1rem 1rem 3rem; }
          .columns { grid-template-columns: minmax(0, 1fr); }
          .ways kbd, .ways .within, .quiet { display: none; }
          .ways ul { gap: .25rem 1rem; }
          .list thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          .list, .list tbody { display: block; }
          .list tr { display: flex; flex-wrap: wrap; gap: .125rem .875rem; padding: .75rem 0; border-bottom: 1px solid var(--line);
            font-size: .8125rem; align-items: baseline; }
          .list tbody th { flex: 1 0 100%; font-size: .9375rem; min-width: 0; }
          .list th, .list td, .list .number { border: 0; padding: 0; text-align: left; white-space: normal; }
          .list td .sub { display: inline; margin-left: .25rem; }
          .list .number::before { content: attr(data-label) " "; color: var(--faint); }
          .list td.none { display: none; }
          .episodes .summary { -webkit-line-clamp: 2; }
        }
        @media print { .top, .ways, .filters, .help, .annotate, .skip { display: none; } }

        """
}
