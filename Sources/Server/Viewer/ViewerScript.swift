/// The viewer's one script: keys, live pages, marks of what was searched for.
///
/// Pages work without it. It puts no text of a run into markup: what it shows it takes from pages that the server made.
enum ViewerScript {
    static let source = #"""
        "use strict";
        (() => {
          const $ = (selector) => document.querySelector(selector);
          const help = $("#help");
          const keys = $("#keys");
          if (help && keys) {
            help.hidden = false;
            help.addEventListener("click", () => keys.showModal());
          }

          // Keys.
          const rows = () => [...document.querySelectorAll("#rows a.row")];
          const move = (step) => {
            const all = rows();
            if (all.length === 0) return false;
            const at = all.indexOf(document.activeElement);
            const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step;
            if (next >= 0 && next < all.length) {
              all[next].focus();
              all[next].closest("tr").scrollIntoView({ block: "nearest" });
              return true;
            }
            $(`.pager [rel="${step > 0 ? "next" : "prev"}"]`)?.click();
            return true;
          };
          const go = (name) => {
            const link = $(`[data-go="${name}"]`);
            if (link) link.click();
            return Boolean(link);
          };
          const fold = () => {
            const calls = [...document.querySelectorAll(".transcript details.call")];
            const open = !calls.every((each) => each.open);
            for (const each of calls) each.open = open;
            return calls.length > 0;
          };
          const up = () => {
            if (go("list")) return true;
            const steps = [...document.querySelectorAll(".top li a")];
            const last = steps[steps.length - 1];
            if (last && new URL(last.href).pathname !== location.pathname) last.click();
            return true;
          };
          const actions = {
            n: () => go("next-failure"), p: () => go("prev-failure"),
            j: () => go("next") || move(1), k: () => go("prev") || move(-1),
            o: fold, u: up,
            "/": () => { const field = $('[data-key="/"]'); field?.focus(); field?.select(); return Boolean(field); },
            "?": () => { if (keys && !keys.open) keys.showModal(); return true; },
          };
          document.addEventListener("keydown", (event) => {
            if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || keys?.open) return;
            const target = event.target;
            if (target instanceof Element && target.closest("input, select, textarea, [contenteditable]")) {
              if (event.key === "Escape") target.blur();
              return;
            }
            if (actions[event.key]?.()) event.preventDefault();
          });

          // What was searched for is marked without touching the page's elements.
          const search = document.body.dataset.search;
          const transcript = $(".transcript");
          if (search && transcript && globalThis.Highlight && CSS.highlights) {
            const words = [...search.matchAll(/"([^"]+)"|(\S+)/g)]
              .map((match) => (match[1] ?? match[2]).replace(/[*"]/g, "").toLowerCase())
              .filter((word) => word.length > 0);
            const ranges = [];
            const walker = document.createTreeWalker(transcript, NodeFilter.SHOW_TEXT);
            while (walker.nextNode() && ranges.length < 2000) {
              const text = walker.currentNode.data.toLowerCase();
              for (const word of words) {
                for (let at = text.indexOf(word); at >= 0 && ranges.length < 2000; at = text.indexOf(word, at + word.length)) {
                  const range = new Range();
                  range.setStart(walker.currentNode, Math.min(at, walker.currentNode.length));
                  range.setEnd(walker.currentNode, Math.min(at + word.length, walker.currentNode.length));
                  ranges.push(range);
                }
              }
            }
            CSS.highlights.set("search", new Highlight(...ranges));
            if (ranges.length > 0 && !location.hash) {
              const element = ranges[0].startContainer.parentElement;
              const folded = element.closest("details:not([open])");
              if (folded) folded.open = true;
              element.scrollIntoView({ block: "center" });
            }
          }

          // Live pages: the server says that something is new, and the parts that change are taken from the new page.
          const events = document.body.dataset.events;
          if (events && globalThis.EventSource) {
            let busy = false;
            let again = false;
            const refresh = async () => {
              if (busy) { again = true; return; }
              busy = true;
              try {
                const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
                if (answer.ok) {
                  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
                  for (const part of document.querySelectorAll("[data-live]")) {
                    const replacement = fresh.getElementById(part.id);
                    if (replacement && !part.contains(document.activeElement)) part.replaceWith(replacement);
                  }
                  for (const part of fresh.querySelectorAll("[data-live]")) {
                    if (!document.getElementById(part.id)) { location.reload(); return; }
                  }
                }
              } catch {
                // The server is gone or busy; the stream of events says when it is back.
              } finally {
                busy = false;
                if (again) { again = false; refresh(); }
              }
            };
            const stream = new EventSource(events);
            stream.addEventListener("change", refresh);
            stream.addEventListener("end", () => { stream.close(); refresh(); });
          }
        })();
        """#
}
