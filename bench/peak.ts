import { writeSync } from 'node:fs';
import { resourceUsage } from 'node:process';

// Loaded before a program (`node --import`), it says at the end how much memory the process had at most, in MiB.
process.once('exit', () => writeSync(3, String(Math.round(resourceUsage().maxRSS / 1_024))));
