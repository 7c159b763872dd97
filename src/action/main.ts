import { fileURLToPath } from 'node:url';
import { act } from './act.ts';
import { openWorkflow } from './workflow.ts';

const workflow = openWorkflow(process.env, (text) => process.stdout.write(text));
try {
  process.exitCode = await act({
    environment: process.env,
    workflow,
    main: fileURLToPath(new URL('../main.js', import.meta.url)),
  });
} catch (error) {
  workflow.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
