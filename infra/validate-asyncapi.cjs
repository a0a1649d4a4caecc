// Validates an AsyncAPI document with the specification's own parser: node infra/validate-asyncapi.cjs FILE
const { readFileSync } = require("node:fs");
const { Parser } = require("@asyncapi/parser");

const ERROR = 0;

new Parser().validate(readFileSync(process.argv[2], "utf8")).then((found) => {
  const errors = found.filter((one) => one.severity === ERROR);
  errors.forEach((one) => console.error(`${one.path.join(".")}: ${one.message}`));
  console.log(`${process.argv[2]}: ${errors.length ? `${errors.length} errors` : "OK"}`);
  process.exit(errors.length ? 1 : 0);
});
