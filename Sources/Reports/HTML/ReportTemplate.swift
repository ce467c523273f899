/// The structure of `report.html`.
///
/// Every value is escaped by the template engine except the plots, which are ours.
enum ReportTemplate {
    static let page = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>{{title}} · gage</title>
        <style>{{{style}}}</style>
        </head>
        <body>
        <header>
        <h1>{{title}}</h1>
        <p><span class="badge {{statusClass}}">{{status}}</span> <span class="mono">{{runID}}</span></p>
        {{#description}}<p class="faint">{{.}}</p>{{/description}}
        </header>
        <main>
        <section aria-labelledby="scores">
        <h2 id="scores">Scores</h2>
        <p class="faint">{{coverageText}}</p>
        {{#tasks}}
        <h3>{{id}}</h3>
        <div class="cards">
        {{#metrics}}
        <div class="card">
        <div class="name">{{name}}</div>
        <div class="value">{{value}}</div>
        <div class="faint">{{interval}}</div>
        {{{plot}}}
        <div class="name">{{count}}</div>
        </div>
        {{/metrics}}
        </div>
        {{/tasks}}
        </section>
        {{#hasGroups}}
        <section aria-labelledby="groups">
        <h2 id="groups">By domain</h2>
        <div class="scroll"><table>
        <thead><tr><th>domain</th><th>metric</th><th class="number">value</th><th class="number">95 % interval</th>\
        <th class="number">episodes</th></tr></thead>
        <tbody>
        {{#groups}}
        <tr><td>{{domain}}</td><td>{{metric}}</td><td class="number">{{value}}</td><td class="number">{{interval}}</td>\
        <td class="number">{{count}}</td></tr>
        {{/groups}}
        </tbody></table></div>
        </section>
        {{/hasGroups}}
        {{#tables}}
        <section>
        <h2>{{title}}</h2>
        <div class="scroll"><table>
        <thead><tr>{{#columns}}<th scope="col">{{.}}</th>{{/columns}}</tr></thead>
        <tbody>{{#rows}}<tr>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>{{/rows}}</tbody>
        </table></div>
        </section>
        {{/tables}}
        {{#plots}}
        <section><img src="data:image/svg+xml;base64,{{data}}" alt="{{name}}" style="max-width: 100%"></section>
        {{/plots}}
        <section aria-labelledby="outcomes">
        <h2 id="outcomes">Outcomes</h2>
        <div class="bar" role="img" aria-label="{{outcomeLabel}}">
        <span class="good" style="width: {{scoredShare}}%"></span>\
        <span class="bad" style="width: {{erroredShare}}%"></span>\
        <span class="odd" style="width: {{unscorableShare}}%"></span>
        </div>
        <p>{{outcomeLabel}}</p>
        {{#hasCauses}}
        <div class="scroll"><table>
        <thead><tr><th>cause of errors</th><th class="number">episodes</th></tr></thead>
        <tbody>{{#causes}}<tr><td>{{name}}</td><td class="number">{{count}}</td></tr>{{/causes}}</tbody>
        </table></div>
        {{/hasCauses}}
        </section>
        {{#hasFailures}}
        <section aria-labelledby="failures">
        <h2 id="failures">What did not succeed</h2>
        <p class="faint">{{failureText}}</p>
        {{#failures}}
        <details>
        <summary><span class="badge {{badgeClass}}">{{badge}}</span> <span class="mono">{{id}}</span> {{headline}}</summary>
        <div class="inside">
        {{#reasons}}<div class="why {{kind}}"><pre>{{text}}</pre></div>{{/reasons}}
        {{#turns}}
        <div class="turn {{kind}}">
        <div class="who">{{who}}</div>
        {{#text}}<pre>{{.}}</pre>{{/text}}
        {{#calls}}<div class="call mono">{{name}}<pre>{{arguments}}</pre></div>{{/calls}}
        </div>
        {{/turns}}
        </div>
        </details>
        {{/failures}}
        </section>
        {{/hasFailures}}
        <section aria-labelledby="facts">
        <h2 id="facts">The run</h2>
        <div class="scroll"><table><tbody>
        {{#facts}}<tr><th scope="row">{{name}}</th><td class="mono">{{value}}</td></tr>{{/facts}}
        </tbody></table></div>
        <details><summary>Configuration</summary><div class="inside"><pre>{{configuration}}</pre></div></details>
        </section>
        </main>
        <footer>Made by gage {{version}} from the run's journal. Intervals are 95 %; their method stands beside each \
        metric in summary.json.</footer>
        </body>
        </html>

        """
}
