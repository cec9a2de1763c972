/** Prints what the Khronos validator says of the glTF file on standard input, as a JSON list of messages. */

import { readFileSync } from "node:fs";
import validator from "gltf-validator";

const report = await validator.validateBytes(new Uint8Array(readFileSync(0)), { maxIssues: 200 });
process.stdout.write(JSON.stringify(report.issues.messages));
