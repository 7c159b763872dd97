// Starts the emulator with a seeded account, to try things by hand, until Ctrl-C.
//
// usage: node test/emulator/serve.ts

import { startEmulator } from './emulator.ts';
import { seedAccount } from './seed.ts';

const emulator = await startEmulator();
console.log(await seedAccount(emulator.endpoint));
for (const [name, value] of Object.entries(emulator.environment)) console.log(`export ${name}=${value}`);
process.on('SIGINT', () => process.exit());
process.on('SIGTERM', () => process.exit());
