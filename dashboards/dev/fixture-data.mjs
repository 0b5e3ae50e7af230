/** A small believable contact centre with a shop, as data: what the fixture server tells. Nobody in it is real. */

export const ago = (seconds) => new Date(Date.now() - seconds * 1000).toISOString()
const irr = (amount) => ({ amount: String(amount), currency: 'IRR' })
const usd = (amount) => ({ amount: String(amount), currency: 'USD' })

export const PEOPLE = [
  { id: 'C-1024', name: 'مریم احمدی', lang: 'fa', phone: '+989121234567', tier: 'gold' },
  { id: 'C-2210', name: 'James Whitfield', lang: 'en', phone: '+442079460123', tier: 'silver' },
  { id: 'C-1187', name: 'علی رضایی', lang: 'fa', phone: '+989351112233', tier: 'bronze' },
  { id: 'C-3041', name: 'Sara Lindqvist', lang: 'en', phone: '+46701234567', tier: 'gold' },
  { id: 'C-0978', name: 'زهرا کریمی', lang: 'fa', phone: '+989194445566', tier: 'silver' },
  { id: 'C-4410', name: undefined, lang: 'fa', phone: '+982188001122', tier: undefined },
]

export const TEXTS = {
  repeat: {
    ruleId: 'repeat-caller',
    severity: 'high',
    audience: 'agent',
    title: { en: 'Third call in 24 hours about the same delivery', fa: 'سومین تماس در ۲۴ ساعت دربارهٔ یک ارسال' },
    advice: {
      en: 'Greet by name, say that you see the earlier calls, and give one firm delivery time.',
      fa: 'با نام سلام کنید، بگویید تماس‌های پیشین را می‌بینید و یک زمان قطعی برای تحویل بدهید.',
    },
    types: ['contact.initiated', 'contact.initiated', 'contact.initiated'],
  },
  cart: {
    ruleId: 'cart-abandoned',
    severity: 'medium',
    audience: 'marketing',
    title: { en: 'Cart left behind after a failed payment', fa: 'سبد خرید پس از پرداخت ناموفق رها شد' },
    advice: { en: 'Offer to complete the order by phone.', fa: 'پیشنهاد دهید سفارش را تلفنی کامل کند.' },
    types: ['cart.item_added', 'payment.failed'],
  },
  mood: {
    ruleId: 'negative-sentiment',
    severity: 'critical',
    audience: 'supervisor',
    title: { en: 'A gold customer is getting angry in chat', fa: 'مشتری طلایی در گفت‌وگو در حال عصبانی شدن است' },
    advice: { en: 'Join the chat, or call within 5 minutes.', fa: 'به گفت‌وگو بپیوندید یا تا ۵ دقیقه تماس بگیرید.' },
    types: ['message.received'],
  },
  selfService: {
    ruleId: 'failed-self-service-then-call',
    severity: 'low',
    audience: 'agent',
    title: { en: 'Calls after failing to change the address online', fa: 'پس از شکست در تغییر نشانی تماس گرفته است' },
    advice: { en: 'Change the address at once; do not send back to the site.', fa: 'نشانی را همین حالا تغییر دهید.' },
    types: ['selfservice.failed', 'contact.initiated'],
  },
}

let alerts = 0

export function makeAlert(kind, person, secondsAgo, more = {}) {
  const { types, ...text } = TEXTS[kind]
  const n = ++alerts
  const eventAt = ago(secondsAgo)
  return {
    alertId: `al-${n}`,
    ruleVersion: 1,
    customerId: person.id,
    state: 'open',
    queue: kind === 'cart' ? undefined : 'delivery',
    ...text,
    evidence: types.map((type, index) => ({
      as: `s${index}`,
      eventId: `e-${n}-${index}`,
      type,
      time: ago(secondsAgo + (types.length - 1 - index) * 3000),
    })),
    times: {
      eventAt,
      receivedAt: eventAt,
      detectedAt: new Date(Date.parse(eventAt) + 3 + n).toISOString(),
    },
    ...more,
  }
}

const SAID = {
  fa: 'سه بار است زنگ می‌زنم و هنوز کسی پاسخ درستی نداده. واقعاً ناراحتم!',
  en: 'This is the third time I call and nobody has helped. I am really upset!',
}
const UPSET = { fa: 'واقعاً ناراحتم', en: 'really upset' }

export function makeJourney(person) {
  const money = person.lang === 'fa' ? irr(12_450_000) : usd('189.90')
  const kettle = person.lang === 'fa' ? 'کتری برقی پارس‌خزر' : 'Electric kettle 1.7 l'
  let n = 0
  const point = (secondsAgo, type, more = {}) => ({
    eventId: `${person.id}-e${++n}`,
    type,
    time: ago(secondsAgo),
    ...more,
  })
  return [
    point(95, 'message.received', { channel: 'voice', contactId: 'k-77', text: SAID[person.lang], sentiment: -0.62 }),
    point(150, 'contact.connected', { channel: 'voice', contactId: 'k-77', queue: 'delivery', agentId: 'a-12' }),
    point(245, 'contact.queued', { channel: 'voice', contactId: 'k-77', queue: 'delivery' }),
    point(250, 'contact.initiated', { channel: 'voice', contactId: 'k-77', topic: 'delivery' }),
    point(1500, 'selfservice.failed', { channel: 'web', topic: 'delivery' }),
    point(2400, 'payment.failed', { cartId: 'cart-9', amount: money }),
    point(2520, 'cart.item_added', { cartId: 'cart-9', name: kettle, amount: money }),
    point(30_000, 'contact.abandoned', { channel: 'voice', contactId: 'k-61', queue: 'delivery' }),
    point(61_000, 'contact.ended', { channel: 'chat', contactId: 'k-52', agentId: 'a-07', topic: 'delivery' }),
    point(99_000, 'order.delayed', { orderId: 'O-88120', topic: 'delivery' }),
    point(400_000, 'order.placed', { orderId: 'O-88120', amount: person.lang === 'fa' ? irr(48_900_000) : usd('640.00') }),
    point(402_000, 'campaign.clicked', { channel: 'email', name: 'nowruz-1405' }),
  ]
}

export function makeSnapshot(person, version, journey) {
  const money = person.lang === 'fa' ? irr : usd
  const said = SAID[person.lang]
  const upset = UPSET[person.lang]
  const at = said.indexOf(upset)
  const known = person.name !== undefined
  const empty = !known
  return {
    customerId: person.id,
    version,
    asOf: ago(1),
    identity: {
      identifiers: known
        ? { phone: [person.phone], email: [`${person.id.toLowerCase()}@example.com`] }
        : { phone: [person.phone] },
      attributes: known ? { name: person.name, city: 'تهران' } : {},
      language: person.lang,
    },
    relationships: empty ? [] : [{ customer: 'C-1187', kind: 'household' }],
    currentActivity: {
      contacts: empty
        ? []
        : [{ contactId: 'k-77', channel: 'voice', direction: 'inbound', state: 'connected', queue: 'delivery', agentId: 'a-12', since: ago(150), waitSeconds: 95 }],
      cart: empty
        ? { cartId: null, items: [], value: money(0), state: 'none', since: null }
        : {
            cartId: 'cart-9',
            state: 'abandoned',
            since: ago(2400),
            value: person.lang === 'fa' ? irr(14_250_000) : usd('214.80'),
            items: [
              { sku: 'K-17', name: person.lang === 'fa' ? 'کتری برقی پارس‌خزر' : 'Electric kettle 1.7 l', quantity: 1, price: person.lang === 'fa' ? irr(12_450_000) : usd('189.90') },
              { sku: 'F-2', name: person.lang === 'fa' ? 'فیلتر آب' : 'Water filter', quantity: 2, price: person.lang === 'fa' ? irr(900_000) : usd('12.45') },
            ],
          },
      orders: empty ? [] : [{ orderId: 'O-88120', state: 'delayed', total: person.lang === 'fa' ? irr(48_900_000) : usd('640.00'), promisedAt: ago(-90_000) }],
      cases: empty ? [] : [{ caseId: 'CS-301', topic: 'delivery', priority: 'high' }],
      callbacks: [],
      asOf: ago(1),
    },
    history: {
      contacts: empty
        ? []
        : [
            { contactId: 'k-61', channel: 'voice', direction: 'inbound', state: 'abandoned', queue: 'delivery', since: ago(30_000), startedAt: ago(30_300), endedAt: ago(30_000), waitSeconds: 300 },
            { contactId: 'k-52', channel: 'chat', direction: 'inbound', state: 'ended', topic: 'delivery', agentId: 'a-07', disposition: 'unresolved', since: ago(61_000), startedAt: ago(61_900), endedAt: ago(61_000), handleSeconds: 640, transfers: 1 },
            { contactId: 'k-40', channel: 'email', direction: 'inbound', state: 'ended', topic: 'billing', agentId: 'a-03', disposition: 'resolved', since: ago(310_000), startedAt: ago(330_000), endedAt: ago(310_000), handleSeconds: 420 },
          ],
      counts: empty ? {} : { 'contact.voice': { '1h': 1, '24h': 3, '7d': 4, '30d': 4 }, 'contact.chat': { '1h': 0, '24h': 1, '7d': 2, '30d': 5 }, 'payment.failed': { '1h': 1, '24h': 1, '7d': 1, '30d': 1 } },
      repeats: empty ? {} : { '24h': { repeatContacts: 2, peak: 4 } },
      journey: journey.slice(0, 20),
      campaigns: [],
      asOf: ago(1),
    },
    value: empty ? { orders: 0, products: [] } : { orders: 7, spend: person.lang === 'fa' ? irr(312_400_000) : usd('4210.50'), tier: person.tier, recencyDays: 4, products: [] },
    sentiment: empty
      ? { emotions: [] }
      : { score: -0.41, label: 'negative', trend: 'falling', lastText: { text: said, spans: [[at, at + upset.length, -0.6]] }, emotions: ['anger', 'disappointment'], asOf: ago(95) },
    flags: empty
      ? []
      : [
          { code: 'REPEAT_CALLER', severity: 'high', since: ago(250), evidence: [`${person.id}-e4`, `${person.id}-e8`, `${person.id}-e9`] },
          { code: 'CART_ABANDONED', severity: 'medium', since: ago(600), evidence: [`${person.id}-e6`, `${person.id}-e7`] },
          { code: 'NEGATIVE_SENTIMENT', severity: 'critical', since: ago(95), evidence: [`${person.id}-e1`] },
        ],
    actions: empty
      ? { likelyReasons: [], churnRisk: null, nextBestActions: [], suggestedQueue: null, articles: [] }
      : {
          likelyReasons: [{ reason: 'delivery', probability: 0.62 }, { reason: 'payment', probability: 0.21 }],
          churnRisk: 0.58,
          nextBestActions: [{ action: 'firm-date', title: { en: 'Give one firm delivery time and a free return', fa: 'یک زمان قطعی تحویل و مرجوعی رایگان بدهید' } }],
          suggestedQueue: 'delivery',
          articles: [],
        },
    freshness: { '/pbx/tehran': { lastEventAt: ago(1), lagMs: 41 } },
  }
}

export function makeActivity(step) {
  const [maryam, james, ali, sara, zahra, unknown] = PEOPLE
  const contacts = [
    { ...who(maryam), contactId: 'k-77', channel: 'voice', state: 'connected', queue: 'delivery', agentId: 'a-12', since: ago(150) },
    { ...who(unknown), contactId: 'k-81', channel: 'voice', state: 'queued', queue: 'billing', since: ago(48) },
    { ...who(james), contactId: 'k-79', channel: 'chat', state: 'connected', queue: 'returns', agentId: 'a-07', since: ago(312) },
    { ...who(zahra), contactId: 'k-80', channel: 'sms', state: 'initiated', since: ago(6) },
    { ...who(sara), contactId: 'k-66', channel: 'email', state: 'queued', queue: 'support', since: ago(4210) },
  ]
  const carts = [
    { ...who(ali), cartId: 'cart-12', state: 'checkout', items: 3, value: irr(8_720_000), since: ago(75) },
    { ...who(sara), cartId: 'cart-11', state: 'open', items: 1 + (step % 4), value: usd('74.50'), since: ago(230) },
    { ...who(maryam), cartId: 'cart-9', state: 'abandoned', items: 3, value: irr(14_250_000), since: ago(2400) },
    { ...who(zahra), cartId: 'cart-7', state: 'abandoned', items: 1, value: irr(3_100_000), since: ago(5400) },
  ]
  return {
    asOf: ago(0),
    totals: { contacts: contacts.length, waiting: 2 + (step % 3), carts: 38 + step, abandonedCarts: 8, customers: 12_480 + step },
    contacts,
    carts,
  }
}

const who = (person) => ({ customerId: person.id, name: person.name })
