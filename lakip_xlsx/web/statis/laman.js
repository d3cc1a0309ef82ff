/* What the pages do beyond forms and links; without it they work too. Written for browsers as old as Edge 15. */
(function () {
  "use strict";
  var body = document.body, base = body.getAttribute("data-base"), page = body.getAttribute("data-page");
  if (!base) { return; }

  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  function ask(method, place, done, what) {
    var request = new XMLHttpRequest();
    request.open(method, base + place);
    request.onload = function () { done(request); };
    request.onerror = function () { done(null); };
    request.send(what || null);
    return request;
  }

  /* The page is open, and what was sent is kept. */
  function alive() { ask("POST", "/ada", function () {}, page); }
  alive();
  window.setInterval(alive, 20000);
  window.addEventListener("pageshow", function (event) { if (event.persisted) { window.location.reload(); } });
  window.addEventListener("pagehide", function () {
    if (navigator.sendBeacon) { navigator.sendBeacon(base + "/tutup", page); }
  });

  all(".with-script").forEach(function (each) { each.hidden = false; });
  all(".without-script").forEach(function (each) { each.hidden = true; });
  all(".drop").forEach(function (each) { each.classList.add("scripted"); });

  /* The explanation of a code, beside the finding. */
  document.addEventListener("click", function (event) {
    var link = event.target, finding, shown, rule;
    if (!link.className || String(link.className).indexOf("code") !== 0) { return; }
    finding = link.parentNode.parentNode;
    rule = document.getElementById(link.getAttribute("href").slice(1));
    if (!rule) { return; }
    event.preventDefault();
    shown = finding.querySelector(".rule");
    if (shown) { finding.removeChild(shown); link.setAttribute("aria-expanded", "false"); return; }
    shown = rule.cloneNode(true);
    shown.removeAttribute("id");
    finding.appendChild(shown);
    link.setAttribute("aria-expanded", "true");
    shown.focus();
  });
  all(".code").forEach(function (link) { link.setAttribute("aria-expanded", "false"); link.setAttribute("role", "button"); });
  document.addEventListener("keydown", function (event) {
    var link = event.target;
    if (event.key === " " && String(link.className).indexOf("code") === 0) { event.preventDefault(); link.click(); }
  });

  /* One workbook that is being worked on. */
  var state = document.getElementById("keadaan");
  function follow() {
    ask("GET", state.getAttribute("data-state").slice(base.length), function (request) {
      var told, step = document.getElementById("langkah"), bar = document.getElementById("kemajuan");
      if (!request) { step.textContent = "Program tidak menjawab. Mungkin sudah ditutup."; return; }
      try { told = JSON.parse(request.responseText); } catch (error) { told = { selesai: true }; }
      if (told.selesai) { window.location.reload(); return; }
      if (step.textContent !== told.teks) { step.textContent = told.teks; }
      bar.value = told.langkah;
      window.setTimeout(follow, 700);
    });
  }
  if (state && state.getAttribute("data-over") === "tidak") { window.setTimeout(follow, 500); }

  /* The list of workbooks. */
  var list = document.getElementById("daftar"), form = document.getElementById("kirim"), polling = false;
  function refresh(then) {
    ask("GET", "/daftar", function (request) {
      var held, again;
      if (request && request.status === 200 && list.innerHTML !== request.responseText) {
        held = document.activeElement && list.contains(document.activeElement) ? document.activeElement.id : "";
        list.innerHTML = request.responseText; /* our own page, in which all names are escaped */
        again = held && document.getElementById(held);
        if (again) { again.focus(); }
      }
      then(Boolean(request) && list.querySelector("[data-busy=ya]") !== null);
    });
  }
  function poll() {
    if (polling) { return; }
    polling = true;
    (function once() {
      refresh(function (busy) {
        if (busy) { window.setTimeout(once, 1000); } else { polling = false; }
      });
    }());
  }
  if (list) { poll(); }
  if (!form) { return; }

  /* Sending. */
  var news = document.getElementById("kabar"), largest = Number(form.getAttribute("data-largest"));
  function isWorkbook(name) { return /\.xls[xm]$/i.test(name) && name.indexOf("~$") !== 0; }

  function send(files) {
    var waiting = files.filter(function (file) { return isWorkbook(file.name); });
    var refused = files.length - waiting.length, said = [], sent = [], number = 0, many = waiting.length;
    if (refused) { said.push(refused + " berkas dilewati karena bukan workbook Excel (.xlsx atau .xlsm)."); }
    if (!files.length) { return; }
    (function next() {
      var file = waiting.shift(), data, request;
      if (!file) {
        news.textContent = (many ? sent.length + " dari " + many + " workbook diterima. " : "") + said.join(" ");
        if (many === 1 && sent.length === 1 && !said.length) { window.location.href = base + "/kerja/" + sent[0]; } else { poll(); }
        return;
      }
      number += 1;
      if (file.size > largest * 1048576) {
        said.push(file.name + ": " + Math.ceil(file.size / 1048576) + " MiB, lebih dari batas " + largest + " MiB. Hapus gambar dan lembar yang tidak perlu.");
        next();
        return;
      }
      data = new FormData();
      data.append("berkas", file, file.name);
      request = new XMLHttpRequest();
      request.open("POST", base + "/berkas");
      request.setRequestHeader("Accept", "application/json");
      request.upload.onprogress = function (event) {
        var part = event.lengthComputable ? " " + Math.round(event.loaded / event.total * 100) + "%" : "";
        news.textContent = "Mengirim " + file.name + " (" + number + " dari " + many + ")" + part;
      };
      request.onload = function () {
        var told;
        try { told = JSON.parse(request.responseText); } catch (error) { told = { diterima: [], ditolak: [file.name + ": tidak diterima."] }; }
        sent = sent.concat(told.diterima);
        said = said.concat(told.ditolak);
        poll();
        next();
      };
      request.onerror = function () { said.push(file.name + ": pengiriman terputus. Periksa apakah program masih berjalan."); next(); };
      request.send(data);
    }());
  }

  /* Files of dropped folders, with what is in them. */
  function collect(entries, done) {
    var files = [], open = 1;
    function close() { open -= 1; if (!open) { done(files); } }
    function walk(entry) {
      var reader;
      open += 1;
      if (entry.isFile) {
        entry.file(function (file) { files.push(file); close(); }, close);
      } else {
        reader = entry.createReader();
        (function more() {
          reader.readEntries(function (some) {
            if (!some.length) { close(); return; }
            Array.prototype.forEach.call(some, walk);
            more();
          }, close);
        }());
      }
    }
    entries.forEach(walk);
    close();
  }

  var input = document.getElementById("berkas"), folder = document.getElementById("folder"), choose = document.getElementById("pilih-folder");
  function chosen(from) {
    var files = Array.prototype.slice.call(from.files);
    from.value = "";
    send(files);
  }
  input.addEventListener("change", function () { chosen(input); });
  folder.addEventListener("change", function () { chosen(folder); });
  if ("webkitdirectory" in folder) {
    choose.addEventListener("click", function () { folder.click(); });
  } else {
    choose.hidden = true;
  }
  form.addEventListener("submit", function (event) { event.preventDefault(); chosen(input); });

  var depth = 0;
  document.addEventListener("dragenter", function () { depth += 1; form.classList.add("over"); });
  document.addEventListener("dragleave", function () { depth -= 1; if (depth <= 0) { depth = 0; form.classList.remove("over"); } });
  document.addEventListener("dragover", function (event) { event.preventDefault(); });
  document.addEventListener("drop", function (event) {
    var items, entries;
    depth = 0;
    form.classList.remove("over");
    if (event.target.type === "file") { return; } /* the field of another form takes it */
    event.preventDefault();
    items = event.dataTransfer.items ? Array.prototype.slice.call(event.dataTransfer.items) : [];
    entries = items.map(function (item) { return item.webkitGetAsEntry ? item.webkitGetAsEntry() : null; }).filter(Boolean);
    if (entries.length) { collect(entries, send); } else { send(Array.prototype.slice.call(event.dataTransfer.files)); }
  });
}());
