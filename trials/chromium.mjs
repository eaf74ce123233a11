// Debian's browser, as every trial starts it. It never calls home: a closed network would refuse it many times at every start.

export const options = {
  executablePath: process.env.CAREDESK_CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
