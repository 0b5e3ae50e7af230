// Sends the same story with both libraries and exits with 0 when each says that all of it was taken.
// node send.mjs URL WRITE_KEY CUSTOMER TRACKS
import { Analytics } from '@segment/analytics-node';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';

const [url, writeKey, customer, tracks] = process.argv.slice(2);
const failures = [];

async function segment() {
  const analytics = new Analytics({ writeKey, host: url, path: '/v1/batch', flushAt: 10, flushInterval: 200 });
  analytics.on('error', (error) => failures.push(`segment: ${error.code}`));
  const userId = `${customer}-segment`;
  analytics.identify({ userId, traits: { firstName: 'سارا', email: 'Sara@Example.com' } });
  analytics.page({ userId, name: 'Delivery', properties: { url: 'https://shop.example/delivery' } });
  for (let i = 0; i < Number(tracks); i++) {
    analytics.track({ userId, messageId: `${userId}-${i}`, event: 'Product Added', properties: product(i) });
  }
  await analytics.closeAndFlush({ timeout: 90_000 });
}

async function rudder() {
  const RudderClient = RudderAnalytics.default ?? RudderAnalytics;
  const analytics = new RudderClient(writeKey, { dataPlaneUrl: url, flushAt: 10, flushInterval: 200, retryCount: 10, logLevel: 'error' });
  const userId = `${customer}-rudder`;
  const sent = [];
  const taken = (name) => (error) => error && failures.push(`rudder ${name}: ${error.message ?? error}`);
  const call = (name, message) => sent.push(new Promise((done) => analytics[name](message, (error) => {
    taken(name)(error);
    done();
  })));
  call('identify', { userId, traits: { firstName: 'رضا', phone: '0912 345 6789' } });
  call('screen', { userId, name: 'Basket' });
  for (let i = 0; i < Number(tracks); i++) {
    call('track', { userId, messageId: `${userId}-${i}`, event: 'Product Added', properties: product(i) });
  }
  analytics.flush();
  await Promise.all(sent);
}

function product(i) {
  return { cart_id: 'k-1', sku: `G-${i}`, name: 'Monopoly', quantity: 1, price: 18.99, currency: 'usd' };
}

await Promise.all([segment(), rudder()]);
if (failures.length > 0) {
  console.error(failures.join('\n'));
}
process.exit(failures.length > 0 ? 1 : 0);
