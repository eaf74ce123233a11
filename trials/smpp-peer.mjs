// An SMS centre that was not written here: the npm package `smpp` on the loopback, for stories that must pass through the real
// protocol. It prints one JSON line, {"port":41234,"url":"http://127.0.0.1:41235"}: where it speaks SMPP, and where its telephones
// and its moods are handled. It lives as long as its standard input stays open, so that it never outlives the test that
// started it.
//
//   node trials/smpp-peer.mjs
//
// Lets in clinic7 with the password s3cretpw, on one connection or a pair. What it has to deliver it says until it is
// acknowledged: again to whoever is let in next. Messages are named in hexadecimal, as 7B3F00A1 and on.
//
// POST with JSON:
//   /say      {"from","to","text","parts":[..]}   a telephone writes; with `parts` each goes under a header that joins them
//   /receipt  {"stat","in"}                       what became of the last message, named "decimal" or "hexadecimal"
//   /mood     {"status":88}                       the next message is refused so; {"hangs_up":true} takes it and hangs up
//   /seen     {}                                  every message as the package has read it: [{from,to,text,parts}], and
//                                                 how many deliveries are not acknowledged
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const smpp = createRequire(import.meta.url)('smpp');
const FIRST_NAME = 0x7b3f00a1;

const seen = [];
const waiting = new Map();
const lines = new Set();
let mood = {};
let next = 1;

const listens = (line) => line.role !== 'transmitter';
const deliver = (line, number, fields) => {
  const delivered = (answer) => {
    if (answer.command_status === 0) {
      waiting.delete(number);
    }
  };
  line.deliver_sm(fields, delivered);
};
const tell = (fields) => {
  const number = next++;
  waiting.set(number, fields);
  const line = [...lines].find(listens);
  if (line) {
    deliver(line, number, fields);
  }
};

const centre = smpp.createServer((line) => {
  const letIn = (role) => (pdu) => {
    const isKnown = pdu.system_id === 'clinic7' && pdu.password === 's3cretpw';
    line.role = role;
    line.send(pdu.response({ command_status: isKnown ? 0 : smpp.ESME_RINVPASWD, system_id: 'PEER' }));
    if (isKnown) {
      lines.add(line);
      if (listens(line)) {
        waiting.forEach((fields, number) => deliver(line, number, fields));
      }
    }
  };
  for (const role of ['transceiver', 'transmitter', 'receiver']) {
    line.on(`bind_${role}`, letIn(role));
  }
  line.on('enquire_link', (pdu) => line.send(pdu.response()));
  line.on('unbind', (pdu) => line.send(pdu.response(), () => line.close()));
  line.on('close', () => lines.delete(line));
  line.on('error', () => lines.delete(line));
  line.on('submit_sm', (pdu) => {
    const { status, hangs_up } = mood;
    mood = {};
    if (status) {
      line.send(pdu.response({ command_status: status }));
      return;
    }
    const { message, udh } = pdu.short_message;
    seen.push({ from: pdu.source_addr, to: pdu.destination_addr, text: message, parts: udh ? [...udh[0]].slice(-2) : [] });
    if (hangs_up) {
      line.destroy();
      return;
    }
    line.send(pdu.response({ message_id: (FIRST_NAME + seen.length - 1).toString(16).toUpperCase() }));
  });
});

const errands = {
  '/say': ({ from, to, text, parts = [] }) => {
    const fields = { source_addr_ton: 1, source_addr_npi: 1, source_addr: from, destination_addr: to };
    if (parts.length === 0) {
      tell({ ...fields, short_message: text });
    }
    parts.forEach((message, at) => {
      const udh = Buffer.from([5, 0, 3, 7, parts.length, at + 1]);
      tell({ ...fields, esm_class: 0x40, short_message: { udh, message } });
    });
  },
  '/receipt': ({ stat, in: written }) => {
    const { from, to } = seen.at(-1);
    const name = FIRST_NAME + seen.length - 1;
    const id = written === 'decimal' ? String(name) : name.toString(16).toUpperCase();
    const text = `id:${id} sub:001 dlvrd:001 submit date:2611231015 done date:2611231016 stat:${stat} err:000 text:`;
    tell({ source_addr: to, destination_addr: from, esm_class: 4, short_message: text });
  },
  '/mood': (wanted) => {
    mood = wanted;
  },
  '/seen': () => ({ seen, waiting: waiting.size }),
};

const desk = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => response.end(JSON.stringify(errands[request.url](JSON.parse(body)) ?? {})));
});

const opened = (server) => new Promise((done) => server.listen(0, '127.0.0.1', () => done(server.address().port)));
const [port, door] = await Promise.all([opened(centre), opened(desk)]);
console.log(JSON.stringify({ port, url: `http://127.0.0.1:${door}` }));

process.stdin.resume();
process.stdin.once('close', () => process.exit(0));
