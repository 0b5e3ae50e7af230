import { decimal, dict, instant, lenient, list, number, oneOf, optional, orElse, record, text } from './check'
import type { Read, Reader } from './check'

export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const
export const AUDIENCES = ['agent', 'supervisor', 'marketing'] as const
export type Severity = (typeof SEVERITIES)[number]
export type Audience = (typeof AUDIENCES)[number]

const severity = oneOf(...SEVERITIES)
const bilingual = record({ en: optional(text), fa: optional(text) })
const money = record({ amount: decimal, currency: text })

/** Keeps the entries that can be shown and lets the others go. */
function showable<T>(item: Reader<T>): Reader<T[]> {
  const some = list(lenient(item))
  return (value, at) => (value === undefined || value === null ? [] : some(value, at)).filter((entry) => entry !== undefined)
}

export const me = record({ sub: text, name: optional(text), roles: list(text), tenant: optional(text) })

export const alert = record({
  alertId: text,
  ruleId: text,
  /** Absent across customers. */
  customerId: optional(text),
  audience: oneOf(...AUDIENCES),
  severity,
  state: oneOf('open', 'seen', 'acknowledged', 'resolved', 'snoozed', 'retracted'),
  assignee: optional(text),
  contactId: optional(text),
  queue: optional(text),
  title: bilingual,
  advice: optional(bilingual),
  evidence: orElse(list(record({ as: optional(text), eventId: text, type: text, time: instant })), []),
  offer: optional(record({ id: text, group: optional(text) })),
  times: record({ eventAt: instant, receivedAt: optional(instant), detectedAt: optional(instant) }),
})

export const alertPage = record({ items: list(alert), nextCursor: optional(text) })

export const touchpoint = record({
  eventId: text,
  type: text,
  time: instant,
  channel: optional(text),
  contactId: optional(text),
  queue: optional(text),
  agentId: optional(text),
  topic: optional(text),
  text: optional(text),
  sentiment: optional(number),
  orderId: optional(text),
  cartId: optional(text),
  caseId: optional(text),
  name: optional(text),
  amount: optional(money),
})

export const touchpointPage = record({ items: list(touchpoint), nextCursor: optional(text) })

const contact = record({
  contactId: text,
  channel: text,
  direction: optional(text),
  state: text,
  queue: optional(text),
  agentId: optional(text),
  topic: optional(text),
  disposition: optional(text),
  since: optional(instant),
  startedAt: optional(instant),
  endedAt: optional(instant),
  waitSeconds: optional(number),
  handleSeconds: optional(number),
  transfers: optional(number),
})

const cart = record({
  cartId: optional(text),
  state: text,
  items: orElse(
    list(record({ sku: optional(text), name: optional(text), quantity: orElse(number, 1), price: optional(money) })),
    [],
  ),
  value: optional(money),
  since: optional(instant),
})

const order = record({
  orderId: text,
  state: optional(text),
  total: optional(money),
  promisedAt: optional(instant),
})
const openCase = record({ caseId: text, state: optional(text), topic: optional(text), priority: optional(text) })
const callback = record({ contactId: optional(text), state: optional(text), dueAt: optional(instant) })
const campaign = record({ campaignId: text, state: optional(text), channel: optional(text), at: optional(instant) })

const nextBestAction: Reader<{ action?: string | undefined; title?: Bilingual | undefined }> = (value, at) =>
  typeof value === 'string'
    ? { action: value }
    : record({ action: optional(text), title: optional(bilingual) })(value, at)

const attributeText: Reader<string | undefined> = (value) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined

const span: Reader<[number, number, number]> = (value, at) => {
  const [start, end, score] = list(number)(value, at)
  return [start ?? 0, end ?? 0, score ?? 0]
}

export const snapshot = record({
  customerId: text,
  version: number,
  asOf: instant,
  identity: record({
    identifiers: orElse(dict(list(text)), {}),
    attributes: orElse(dict(attributeText), {}),
    language: optional(text),
  }),
  relationships: showable(record({ customer: text, kind: text })),
  currentActivity: record({
    contacts: orElse(list(contact), []),
    cart: optional(cart),
    orders: showable(order),
    cases: showable(openCase),
    callbacks: showable(callback),
  }),
  history: record({
    contacts: orElse(list(contact), []),
    counts: orElse(dict(dict(number)), {}),
    repeats: orElse(dict(record({ repeatContacts: optional(number), peak: optional(number) })), {}),
    journey: orElse(list(touchpoint), []),
    campaigns: showable(campaign),
  }),
  value: record({
    orders: optional(number),
    spend: optional(money),
    tier: optional(text),
    recencyDays: optional(number),
  }),
  sentiment: record({
    score: optional(number),
    label: optional(text),
    trend: optional(text),
    emotions: orElse(list(text), []),
    lastText: optional(record({ text, spans: showable(span) })),
    asOf: optional(instant),
  }),
  flags: list(record({ code: text, severity, since: optional(instant), evidence: orElse(list(text), []) })),
  actions: record({
    likelyReasons: showable(record({ reason: text, probability: number })),
    churnRisk: optional(number),
    nextBestActions: showable(nextBestAction),
    suggestedQueue: optional(text),
    articles: showable(record({ title: text })),
  }),
  freshness: orElse(dict(record({ lastEventAt: optional(instant), lagMs: optional(number) })), {}),
})

export const activity = record({
  asOf: instant,
  totals: record({ contacts: number, waiting: number, carts: number, abandonedCarts: number, customers: number }),
  contacts: list(
    record({
      customerId: text,
      name: optional(text),
      contactId: text,
      channel: text,
      state: text,
      queue: optional(text),
      agentId: optional(text),
      since: instant,
    }),
  ),
  carts: list(
    record({
      customerId: text,
      name: optional(text),
      cartId: text,
      state: text,
      items: number,
      value: optional(money),
      since: instant,
    }),
  ),
})

const problemShape = record({ title: optional(text), detail: optional(text) })

/** What an RFC 9457 body says to the reader, if the body is one. */
export function problemText(body: unknown): string | undefined {
  const problem = lenient(problemShape)(body, '')
  return problem?.detail ?? problem?.title
}

export type Bilingual = Read<typeof bilingual>
export type Money = Read<typeof money>
export type Me = Read<typeof me>
export type Alert = Read<typeof alert>
export type AlertPage = Read<typeof alertPage>
export type Touchpoint = Read<typeof touchpoint>
export type TouchpointPage = Read<typeof touchpointPage>
export type Contact = Read<typeof contact>
export type Cart = Read<typeof cart>
export type Snapshot = Read<typeof snapshot>
export type Flag = Snapshot['flags'][number]
export type Activity = Read<typeof activity>
export type FloorContact = Activity['contacts'][number]
export type FloorCart = Activity['carts'][number]
