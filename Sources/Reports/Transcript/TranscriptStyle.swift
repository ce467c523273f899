/// The look of a transcript, shared by the report and the viewer.
///
/// Everything is below `.transcript`, so that the sheet can stand beside any other. Colours are variables with the names of
/// ``PageStyle``; a page that sets them sets the transcript's too.
public enum TranscriptStyle {
    /// The sheet.
    public static let sheet = """
        .transcript { font-size: .9375rem; }
        .transcript h2, .transcript h3, .transcript h4, .transcript h5, .transcript h6 {
          font-size: .8125rem; font-weight: 650; margin: 1.5rem 0 .5rem; color: var(--faint);
        }
        .transcript .text { white-space: pre-wrap; overflow-wrap: anywhere; }
        .transcript pre {
          white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; font-family: var(--mono); font-size: .8125rem; line-height: 1.5;
        }
        .transcript code { font-family: var(--mono); font-size: .875em; }
        .transcript .empty, .transcript .omitted { color: var(--faint); font-size: .8125rem; margin: .25rem 0; }
        .transcript .why { border-left: 3px solid var(--line-strong); padding: .5rem .875rem; margin: .5rem 0; background: var(--sunk); }
        .transcript .why.bad { border-color: var(--bad); } .transcript .why.odd { border-color: var(--odd); }
        .transcript .why.good { border-color: var(--good); }
        .transcript .facts { display: flex; flex-wrap: wrap; gap: .5rem 1.75rem; margin: .75rem 0; }
        .transcript .facts dt { color: var(--faint); font-size: .75rem; }
        .transcript .facts dd { margin: 0; font-variant-numeric: tabular-nums; }
        .transcript .mark { font-size: .75rem; font-weight: 600; white-space: nowrap; }
        .transcript .mark.good, .transcript .plus { color: var(--good); }
        .transcript .mark.bad, .transcript .minus { color: var(--bad); }
        .transcript .scroll { overflow-x: auto; }
        .transcript table { border-collapse: collapse; width: 100%; }
        .transcript th { text-align: left; font-size: .75rem; font-weight: 500; color: var(--faint); padding: .25rem .75rem .25rem 0; }
        .transcript td { padding: .375rem .75rem .375rem 0; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
        .transcript td:first-child { white-space: nowrap; }
        .transcript td:last-child { white-space: nowrap; }
        .transcript .world td { white-space: normal; min-width: 8rem; }
        .transcript .kind { color: var(--faint); font-size: .75rem; display: block; }
        .transcript .findings .title { font-family: var(--mono); font-size: .8125rem; }
        .transcript .detail { color: var(--faint); white-space: pre-wrap; margin-top: .125rem; }
        .transcript .expected, .transcript .left { font-family: var(--mono); font-size: .8125rem; }
        .transcript .expected { background: var(--good-soft); } .transcript .left { background: var(--bad-soft); }
        .transcript .messages { list-style: none; margin: 0; padding: 0; }
        .transcript .gap { color: var(--faint); text-align: center; padding: .75rem; border-block: 1px dashed var(--line); margin: .5rem 0; }
        .transcript .message { border-left: 3px solid var(--line-strong); padding: .125rem 0 .125rem .875rem; margin: 1rem 0; scroll-margin-top: 4rem; }
        .transcript .message.agent { border-color: var(--mark); }
        .transcript .message.user { border-color: var(--second); }
        .transcript .message.failed { border-color: var(--bad); }
        .transcript .message:target { background: var(--mark-soft); }
        .transcript .head { display: flex; flex-wrap: wrap; gap: 0 .75rem; align-items: baseline; margin-bottom: .125rem; }
        .transcript .who { font-weight: 650; font-size: .8125rem; color: inherit; text-decoration: none; }
        .transcript a.who:hover { text-decoration: underline; }
        .transcript .agent .who { color: var(--mark); } .transcript .user .who { color: var(--second); }
        .transcript .meta { color: var(--faint); font-size: .75rem; font-variant-numeric: tabular-nums; }
        .transcript details { margin: .375rem 0; border: 1px solid var(--line); border-radius: .375rem; }
        .transcript summary { cursor: pointer; padding: .375rem .75rem; font-size: .8125rem; overflow-wrap: anywhere; }
        .transcript summary:hover { background: var(--sunk); }
        .transcript details[open] > summary { border-bottom: 1px solid var(--line); }
        .transcript details > :not(summary) { margin: .5rem .75rem; }
        .transcript .call.failed { border-color: var(--bad); }
        .transcript .call .brief { color: var(--faint); }
        .transcript .call[open] .brief { display: none; }
        .transcript .reasoning .text { color: var(--faint); font-style: italic; }
        .transcript .sides { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); gap: 1rem; }
        .transcript .side { min-width: 0; }
        .transcript .label { color: var(--faint); font-size: .75rem; margin-bottom: .25rem; }
        .transcript .side dl { margin: 0; }
        .transcript .side dt { font-size: .75rem; color: var(--faint); font-family: var(--mono); }
        .transcript .side dd { margin: 0 0 .375rem; font-family: var(--mono); font-size: .8125rem; }
        .transcript .side .text { font-family: var(--mono); font-size: .8125rem; }
        .transcript .side pre, .transcript .side .text { max-height: 28rem; overflow: auto; }
        .transcript .cites { list-style: none; margin: .375rem 0 0; padding: 0; font-size: .75rem; color: var(--faint); }
        .transcript .cites li { overflow-wrap: anywhere; }
        .transcript .diff { display: block; overflow-x: auto; white-space: pre; }
        .transcript .diff ins, .transcript .diff del { text-decoration: none; display: inline-block; min-width: 100%; }
        .transcript ins { background: var(--good-soft); color: inherit; } .transcript del { background: var(--bad-soft); color: inherit; }
        .transcript .diff .hunk { color: var(--mark); } .transcript .diff .file { color: var(--faint); }
        .transcript img.attachment { max-width: 100%; max-height: 30rem; border: 1px solid var(--line); border-radius: .375rem; }
        .transcript p.attachment { color: var(--faint); font-size: .8125rem; overflow-wrap: anywhere; }
        @media (max-width: 40rem) {
          .transcript .sides { grid-template-columns: minmax(0, 1fr); }
          .transcript .findings td { padding-right: .5rem; }
          .transcript .message { padding-left: .625rem; }
        }
        @media print {
          .transcript .message { break-inside: avoid-page; }
          .transcript .side pre, .transcript .side .text { max-height: none; }
        }
        """
}
