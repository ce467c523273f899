/// The body of an experiment's `report.html`.
///
/// Every value is escaped by the template engine except the plots, which are ours.
enum StudyPageTemplate {
    static let body = """
        <header>
        <h1>{{title}}</h1>
        <p><span class="badge {{statusClass}}">{{status}}</span> <span class="mono">{{timestamp}}</span></p>
        <p class="faint">{{summary}}</p>
        </header>
        <main>
        {{#hasWarnings}}
        <section aria-labelledby="warnings">
        <h2 id="warnings">Read this first</h2>
        {{#warnings}}<p><span class="badge odd">note</span> {{.}}</p>{{/warnings}}
        </section>
        {{/hasWarnings}}
        <section aria-labelledby="findings">
        <h2 id="findings">Findings</h2>
        <ul>{{#findings}}<li>{{.}}</li>{{/findings}}</ul>
        </section>
        {{#environments}}
        <section>
        <h2>{{name}}</h2>
        <p class="faint">{{facts}}</p>
        <h3>Success by variant, with 95 % intervals</h3>
        {{{successPlot}}}
        <div class="scroll"><table>
        <thead><tr><th>variant</th><th class="number">success</th><th class="number">95 % interval</th>\
        <th class="number">episodes</th><th class="number">pass^k</th><th class="number">errored</th>\
        <th class="number">turn limit</th><th class="number">turns</th></tr></thead>
        <tbody>{{#variants}}<tr><td>{{variant}}</td><td class="number">{{rate}}</td><td class="number">{{interval}}</td>\
        <td class="number">{{episodes}}</td><td class="number">{{pass}}</td><td class="number">{{errored}}</td>\
        <td class="number">{{limit}}</td><td class="number">{{turns}}</td></tr>
        {{/variants}}</tbody></table></div>
        {{#hasPairs}}
        <h3>Against the control, on the same tasks</h3>
        {{{flipPlot}}}
        <div class="scroll"><table>
        <thead><tr><th>variant</th><th class="number">difference</th><th class="number">95 % interval</th>\
        <th class="number">worse / better</th><th class="number">p</th><th class="number">p (Holm)</th>\
        <th class="number">Cohen's h</th><th class="number">smallest found</th><th>manipulation</th></tr></thead>
        <tbody>{{#pairs}}<tr><td>{{variant}}</td><td class="number">{{difference}}</td>\
        <td class="number">{{interval}}</td><td class="number">{{flips}}</td><td class="number">{{p}}</td>\
        <td class="number">{{holm}}</td><td class="number">{{h}}</td><td class="number">{{detectable}}</td>\
        <td><span class="badge {{manipulationClass}}">{{manipulation}}</span></td></tr>
        {{/pairs}}</tbody></table></div>
        <p class="faint">{{test}}</p>
        {{/hasPairs}}
        {{#hasConversations}}
        <h3>Did the users show it? Held-out words per 100 words of the user</h3>
        <div class="scroll"><table>
        <thead><tr><th>variant</th>{{#emotions}}<th class="number">{{.}}</th>{{/emotions}}\
        <th class="number">over control</th><th class="number">p (Holm)</th><th>verdict</th></tr></thead>
        <tbody>{{#checks}}<tr><td>{{variant}}</td>{{#scores}}<td class="number">{{.}}</td>{{/scores}}\
        <td class="number">{{difference}}</td><td class="number">{{holm}}</td>\
        <td><span class="badge {{verdictClass}}">{{verdict}}</span></td></tr>
        {{/checks}}</tbody></table></div>
        <h3>User turns</h3>
        {{{turnPlot}}}
        <h3>Conversations</h3>
        <div class="scroll"><table>
        <thead><tr><th>measure</th>{{#variantNames}}<th class="number">{{.}}</th>{{/variantNames}}</tr></thead>
        <tbody>{{#measures}}<tr><td>{{name}}</td>{{#cells}}<td class="number">{{.}}</td>{{/cells}}</tr>
        {{/measures}}</tbody></table></div>
        <p class="faint">Means over tasks. * differs from the control after Benjamini and Hochberg's correction (5 %).</p>
        <h3>Excerpts, drawn by the seed</h3>
        {{#excerpts}}
        <details><summary><span class="badge">{{variant}}</span> <span class="mono">{{task}}</span></summary>
        <div class="inside">{{#turns}}<div class="turn {{kind}}"><div class="who">{{kind}}</div><pre>{{text}}</pre></div>\
        {{/turns}}</div></details>
        {{/excerpts}}
        {{/hasConversations}}
        </section>
        {{/environments}}
        {{#hasInteractions}}
        <section aria-labelledby="interactions">
        <h2 id="interactions">Across environments</h2>
        <div class="scroll"><table>
        <thead><tr><th>variant</th>{{#environmentNames}}<th class="number">{{.}}</th>{{/environmentNames}}\
        <th class="number">p of one effect</th></tr></thead>
        <tbody>{{#interactions}}<tr><td>{{variant}}</td>{{#effects}}<td class="number">{{.}}</td>{{/effects}}\
        <td class="number">{{p}}</td></tr>
        {{/interactions}}</tbody></table></div>
        <p class="faint">Differences from the control in points; the test deals the environments' labels anew.</p>
        </section>
        {{/hasInteractions}}
        <section aria-labelledby="methods">
        <h2 id="methods">Methods, written down before the run</h2>
        <div class="scroll"><table><tbody>
        {{#methods}}<tr><th scope="row">{{name}}</th><td>{{value}}</td></tr>{{/methods}}
        </tbody></table></div>
        </section>
        </main>
        <footer>Made by gage from the experiment's journals.</footer>
        """
}
