// docxtemplater and Carbone (argument 1 chooses), with SheetJS to read the workbook.
const fs = require('fs');
const XLSX = require('xlsx');
const [engine, content, template, folder, ...workbooks] = process.argv.slice(2);

function read(workbook, blocks) {
  const book = XLSX.read(fs.readFileSync(workbook), { dense: true });
  for (const name of book.SheetNames) XLSX.utils.sheet_to_json(book.Sheets[name], { header: 1, raw: true });
  const context = {};
  blocks.forEach((block, n) => {
    context['b' + n] = block.kind === 'text'
      ? block.texts.map((t) => ({ t }))
      : block.rows.map((row) => Object.fromEntries(row.map((text, column) => ['c' + column, text])));
  });
  return context;
}

function docxtemplater(context, document) {
  const PizZip = require('pizzip');
  const Docxtemplater = require('docxtemplater');
  const report = new Docxtemplater(new PizZip(fs.readFileSync(template)), { paragraphLoop: true, linebreaks: true });
  report.render(context);
  fs.writeFileSync(document, report.getZip().generate({ type: 'nodebuffer', compression: 'DEFLATE' }));
}

function carbone(context, document) {
  return new Promise((done, failed) => require('carbone').render(template, context, (error, result) => {
    if (error) return failed(error);
    fs.writeFileSync(document, result);
    return done();
  }));
}

async function main() {
  const times = [];
  for (const [n, workbook] of workbooks.entries()) {
    const start = performance.now();
    const before = process.cpuUsage();
    const blocks = JSON.parse(fs.readFileSync(content));
    await (engine === 'carbone' ? carbone : docxtemplater)(read(workbook, blocks), `${folder}/out${String(n).padStart(4, '0')}.docx`);
    const used = process.cpuUsage(before);
    times.push([(used.user + used.system) / 1000, performance.now() - start]);
  }
  console.log(JSON.stringify(times));
}

main().then(() => process.exit(0), (error) => { console.error(error); process.exit(1); });
