"use strict";
// The live half of the pages. Everything here is also on the page without it, as of when the page was made.
(() => {
  const root = document.querySelector("[data-stream]");
  if (!root) return;
  document.documentElement.classList.add("js");
  const words = JSON.parse(root.dataset.words);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const IDLE_MS = 30000;
  const find = (selector, within = document) => within.querySelector(selector);

  const put = (node, text) => {
    if (node && node.textContent !== text) node.textContent = text;
  };

  const say = (node, pair) => {
    const made = pair.filter((text, at) => pair.indexOf(text) === at).map((text, at) => {
      const span = document.createElement("span");
      span.className = at ? "second" : "first";
      span.lang = words.tags[at];
      span.textContent = text;
      return span;
    });
    node.replaceChildren(...made.flatMap((span, at) => (at ? [" ", span] : [span])));
  };

  const connection = find("[data-connection]");
  const tell = (state) => {
    if (!connection || connection.dataset.connection === state) return;
    connection.dataset.connection = state;
    say(find(".label", connection), words.connection[state]);
  };

  // The browser reconnects by itself, with Last-Event-ID; only a refusal ends a stream, and then we begin again.
  const listen = (hear) => {
    let source = null;
    let wait = 1000;
    let timer = 0;
    const close = () => {
      clearTimeout(timer);
      if (source) source.close();
      source = null;
    };
    const open = () => {
      close();
      source = new EventSource(root.dataset.stream);
      source.addEventListener("open", () => {
        wait = 1000;
        tell("live");
      });
      source.addEventListener("error", () => {
        tell("reconnecting");
        if (source.readyState !== EventSource.CLOSED) return;
        timer = setTimeout(open, wait);
        wait = Math.min(wait * 2, IDLE_MS);
      });
      for (const kind of ["snapshot", "ratings"]) {
        source.addEventListener(kind, (event) => hear(kind, JSON.parse(event.data)));
      }
      // A rating has moved: the page is brought up to date again.
      source.addEventListener("ratings", () => find("[data-age]")?.remove());
    };
    // A page nobody looks at gives its connection back: browsers have few per host.
    let leaving = 0;
    document.addEventListener("visibilitychange", () => {
      clearTimeout(leaving);
      if (document.hidden) leaving = setTimeout(close, IDLE_MS);
      else if (!source) open();
    });
    addEventListener("pagehide", close);
    addEventListener("pageshow", (event) => event.persisted && open());
    tell("connecting");
    open();
  };

  const points = (text) => Number(text).toFixed(2);
  const plain = (text) => String(Number(text));
  const percent = (fraction) => `${Math.floor(Number(fraction) * 100 + 1e-9)}%`;

  const society = () => {
    const shown = find(".tally-score .total").textContent;
    listen((kind, news) => {
      const row = (news.changed || news.ratings || []).find((each) => each.society === root.dataset.society);
      if (row && points(row.total) !== shown) find("[data-fresh]").hidden = false;
    });
  };

  const board = () => {
    const body = find("tbody", root);
    const rows = new Map([...body.rows].map((row) => [row.dataset.society, row]));
    const pending = new Map();
    const places = new Map();
    const moving = new Map();
    let facts = null;
    let everyone = null;
    let disordered = false;
    let ordered = 0;
    let asked = false;
    let paused = false;

    const create = (code) => {
      const row = find("#line").content.firstElementChild.cloneNode(true);
      const link = find(".name a", row);
      const address = new URL(link.href, location.href);
      address.pathname += code;
      link.href = address.pathname + address.search;
      row.dataset.society = code;
      put(find(".code", row), code);
      rows.set(code, row);
      body.append(row);
      return row;
    };

    const rank = (row, place) => {
      const text = place == null ? "" : String(place);
      if (row.dataset.rank === text) return;
      row.dataset.rank = text;
      put(row.cells[0], text || "—");
      disordered = true;
    };

    const move = (row, steps) => {
      const way = steps == null ? "new" : steps > 0 ? "up" : steps < 0 ? "down" : "same";
      const node = find(".movement", row);
      node.dataset.way = way;
      put(find(".arrow", node), words.ways[way][0]);
      put(find(".steps", node), steps ? String(Math.abs(steps)) : "");
      put(find(".aside", node), words.ways[way][1]);
    };

    const apply = (row, news) => {
      if ("movement" in news) move(row, news.movement);
      if (news.name) put(find(".name a", row), news.name);
      const field = news.discipline || news.peer_group;
      if (field && row.dataset.discipline !== field) {
        row.dataset.discipline = field;
        say(find(".field", row), words.disciplines[field] || [field]);
      }
      put(find(".total", row), points(news.total));
      put(find(".max", row), `/ ${plain(news.max)}`);
      put(find(".percent", row), percent(news.completeness));
      find(".fill", row).setAttribute("width", percent(news.completeness));
      const grade = find(".grade", row);
      if (grade.dataset.grade !== (news.grade || "")) {
        grade.dataset.grade = news.grade || "";
        say(grade, words.grades[news.grade] || [news.grade || "—"]);
      }
      find(".edge", row).hidden = !news.edge;
      find(".veto", row).hidden = !(news.vetoes && news.vetoes.length);
      const standing = find(".standing", row);
      if (news.class && standing.dataset.class !== news.class) {
        standing.dataset.class = news.class;
        say(find(".label", standing), words.classes[news.class] || [news.class]);
      }
      if ("binding" in news) bind(row, news.binding);
      const candidate = find(".candidate", row);
      candidate.hidden = !news.candidate_since;
      if (news.candidate_since) {
        say(find(".label", candidate), words.classes[news.range] || [news.range]);
        const since = find("time", candidate);
        since.dateTime = news.candidate_since;
        put(since, news.candidate_since);
      }
    };

    const bind = (row, told) => {
      const node = find(".binding", row);
      node.hidden = !told;
      if (!told) return;
      say(find(".label", node), words.classes[told.class] || [told.class]);
      put(find(".since", node), words.phrases.since[0].replace("{day}", told.since));
    };

    const inSight = (top, bottom) => bottom > 0 && top < innerHeight;

    const flash = (touched) => {
      const seen = touched.filter((row) => {
        const box = row.getBoundingClientRect();
        return !row.hidden && inSight(box.top, box.bottom);
      });
      for (const row of seen) {
        row.animate({ backgroundColor: ["#f6e7b8", "#f6e7b8", "#ffffff"] }, { duration: 1400, easing: "ease-out" });
      }
    };

    // Equals share a rank; evaluation lists them in the order the policy settles, which only a whole board tells.
    let listed = new Map([...rows.keys()].map((code, at) => [code, at]));
    const among = (row) => listed.get(row.dataset.society) ?? 1e9;

    const inOrder = () => [...rows.values()].sort((a, b) =>
      (Number(a.dataset.rank) || 1e9) - (Number(b.dataset.rank) || 1e9) ||
      among(a) - among(b));

    // First where every row stands, then the new order, then each row in sight glides from its old place to its new one.
    const reorder = () => {
      const gliding = !calm.matches && !document.hidden;
      const tops = gliding ? new Map([...rows.values()].map((row) => [row, row.getBoundingClientRect().top])) : null;
      for (const animation of moving.values()) animation.cancel();
      moving.clear();
      const focused = document.activeElement;
      let next = body.firstElementChild;
      for (const row of inOrder()) {
        if (row === next) next = next.nextElementSibling;
        else body.insertBefore(row, next);
      }
      if (focused !== document.activeElement && body.contains(focused)) focused.focus({ preventScroll: true });
      if (!gliding) return;
      const glides = [];
      for (const [row, before] of tops) {
        if (row.hidden) continue;
        const box = row.getBoundingClientRect();
        const by = before - box.top;
        if (Math.abs(by) > 1 && (inSight(box.top, box.bottom) || inSight(before, before + box.height))) glides.push([row, by]);
      }
      for (const [row, by] of glides) {
        const from = Math.max(-innerHeight, Math.min(innerHeight, by));
        const glide = row.animate({ transform: [`translateY(${from}px)`, "none"] }, { duration: 450, easing: "cubic-bezier(.2,.7,.2,1)" });
        moving.set(row, glide);
        glide.onfinish = () => moving.delete(row);
      }
    };

    const announcements = find("[data-announcements]");
    let noted = 0;
    let announced = performance.now();
    const announce = (count, now) => {
      noted += count;
      if (!noted || now - announced < 15000) return;
      announcements.textContent = words.phrases.changed[0].replace("{count}", noted);
      announced = now;
      noted = 0;
    };

    const show = (now) => {
      asked = false;
      if (everyone) {
        for (const [code, row] of rows) {
          if (!everyone.has(code)) {
            row.remove();
            rows.delete(code);
          }
        }
        everyone = null;
      }
      const touched = [];
      for (const [code, news] of pending) {
        const known = rows.get(code);
        const before = known && known.textContent;
        const row = known || create(code);
        apply(row, news);
        if (row.textContent !== before) touched.push(row);
      }
      pending.clear();
      if (touched.length) sift();
      if (facts) {
        const day = find("[data-fact=as_of]");
        put(day, facts.as_of.startsWith("0001-") ? "—" : facts.as_of.slice(0, 10));
        day.dateTime = facts.as_of;
        if (facts.applied != null) put(find("[data-fact=applied]"), Number(facts.applied).toLocaleString("en"));
        put(find("[data-fact=societies]"), String(rows.size));
        facts = null;
      }
      // Ranks and places change together, twice a second at most: the board never contradicts itself.
      if (now - ordered >= 500) {
        for (const [code, place] of places) if (rows.has(code)) rank(rows.get(code), place);
        places.clear();
        if (disordered) {
          disordered = false;
          ordered = now;
          reorder();
        }
      } else if (places.size || disordered) setTimeout(ask, 500 - (now - ordered));
      flash(touched);
      announce(touched.length, now);
    };

    const ask = () => {
      if (asked || paused) return;
      asked = true;
      requestAnimationFrame(show);
    };

    listen((kind, news) => {
      facts = news;
      if (kind === "snapshot") {
        everyone = new Set(news.ratings.map((row) => row.society));
        listed = new Map(news.ratings.map((row, at) => [row.society, at]));
        disordered = true;
        pending.clear();
        places.clear();
      }
      for (const row of news.changed || news.ratings || []) {
        pending.set(row.society, { ...pending.get(row.society), ...row });
        if ("rank" in row) places.set(row.society, row.rank);
      }
      for (const [code, place] of Object.entries(news.ranks || {})) places.set(code, place);
      ask();
    });

    const form = find(".sieve");
    const nothing = find("[data-nothing]");
    const tongue = find(".tongue");
    const sift = () => {
      const discipline = form.elements.discipline.value;
      const sought = form.elements.q.value.trim().toLowerCase();
      let found = 0;
      for (const [code, row] of rows) {
        const fits = (!discipline || row.dataset.discipline === discipline) &&
          (!sought || code.toLowerCase().includes(sought) || find(".name a", row).textContent.toLowerCase().includes(sought));
        if (row.hidden === fits) row.hidden = !fits;
        found += fits;
      }
      nothing.hidden = found > 0;
    };
    form.addEventListener("input", () => {
      sift();
      const asking = new URLSearchParams(new FormData(form));
      for (const [name, value] of [...asking]) if (!value) asking.delete(name);
      history.replaceState(null, "", asking.size ? `?${asking}` : location.pathname);
      asking.set("lang", new URLSearchParams(tongue.search).get("lang"));
      tongue.search = asking;
    });
    form.addEventListener("submit", (event) => event.preventDefault());

    const pause = find("[data-pause]");
    pause.hidden = false;
    pause.addEventListener("click", () => {
      paused = !paused;
      pause.setAttribute("aria-pressed", String(paused));
      say(find(".label", pause), words.phrases[paused ? "resume" : "pause"]);
      ask();
    });
    sift();
  };

  (root.dataset.society ? society : board)();
})();
