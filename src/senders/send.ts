import { AppError } from '../errors.ts';
import type { Report } from '../reporters/report.ts';
import { sendToConfig } from './config.ts';
import { type Destination, nameOf } from './destination.ts';
import { sendToS3 } from './s3.ts';
import { sendToSecurityHub } from './security-hub.ts';
import type { Reach, Sent } from './sent.ts';
import type { Upload } from './upload.ts';
import { sendToSlack, sendToWebhook } from './webhook.ts';

/** Sends a report to one destination after the other. One that cannot be reached keeps it from none of the others. */
export async function sendReport(
  report: Report,
  { destinations, uploads }: { readonly destinations: readonly Destination[]; readonly uploads: readonly Upload[] },
  reach: Reach,
): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  for (const destination of destinations) {
    try {
      sent.push(await sendTo(destination, { report, uploads }, reach));
    } catch (thrown) {
      // Of a bug the stack is wanted.
      if (!(thrown instanceof AppError)) throw thrown;
      const { message, hint } = thrown;
      sent.push({ to: nameOf(destination), done: [], failed: [hint === undefined ? message : `${message}. ${hint}`] });
    }
  }
  return sent;
}

function sendTo(
  destination: Destination,
  { report, uploads }: { readonly report: Report; readonly uploads: readonly Upload[] },
  reach: Reach,
): Promise<Sent> {
  switch (destination.to) {
    case 'security-hub':
      return sendToSecurityHub(report, destination.region, reach);
    case 'config':
      return sendToConfig(report, destination, reach);
    case 's3':
      return sendToS3(report, destination, reach, uploads);
    case 'slack':
      return sendToSlack(report, destination, reach);
    case 'webhook':
      return sendToWebhook(report, destination, reach);
  }
}
