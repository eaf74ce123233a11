// Twilio's own library signs: each line of standard input is {"url","token","params"}, each line of standard output
// {"signature","valid"}. `valid` says whether the library would believe the signature that it was shown as "shown".
//
//   echo '{"url":"https://desk.example/hooks/sms/acc_1","token":"t","params":{"Body":"hi"}}' | node trials/twilio-peer.mjs

import { createInterface } from 'node:readline';
import twilio from 'twilio/lib/webhooks/webhooks.js';

for await (const line of createInterface({ input: process.stdin })) {
  const { url, token, params, shown = '' } = JSON.parse(line);
  const signature = twilio.getExpectedTwilioSignature(token, url, params);
  console.log(JSON.stringify({ signature, valid: twilio.validateRequest(token, shown || signature, url, params) }));
}
