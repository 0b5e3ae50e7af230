import { describe, expect, it } from 'vitest'
import { WireError } from '../src/lib/api/check'
import { activity, alert, alertPage, problemText, snapshot, touchpointPage } from '../src/lib/api/wire'
import { makeActivity, makeAlert, makeJourney, makeSnapshot, PEOPLE } from '../dev/fixture-data.mjs'

const [maryam, , , , , stranger] = PEOPLE as [Person, Person, Person, Person, Person, Person]
type Person = (typeof PEOPLE)[number]
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** The smallest snapshot the contract allows: all facets, no optional field. */
const BARE = {
  customerId: 'C-1',
  version: 1,
  asOf: '2026-11-22T10:15:30.123Z',
  identity: { identifiers: {}, attributes: {} },
  relationships: [],
  currentActivity: { contacts: [], orders: [], cases: [], callbacks: [] },
  history: { contacts: [], counts: {}, journey: [], campaigns: [] },
  value: {},
  sentiment: {},
  flags: [],
  actions: { likelyReasons: [], churnRisk: null, nextBestActions: [], suggestedQueue: null, articles: [] },
  freshness: {},
}

describe('what is well formed', () => {
  it('is read: alerts, activity, timelines and snapshots, full and nearly empty', () => {
    expect(alertPage({ items: [copy(makeAlert('repeat', maryam, 5))], nextCursor: null }, '').items).toHaveLength(1)
    expect(activity(copy(makeActivity(1)), '').contacts).toHaveLength(5)
    expect(touchpointPage({ items: copy(makeJourney(maryam)), nextCursor: 'c' }, '').nextCursor).toBe('c')
    for (const person of [maryam, stranger]) {
      expect(snapshot(copy(makeSnapshot(person, 7, [])), '').version).toBe(7)
    }
    expect(snapshot(BARE, '').customerId).toBe('C-1')
  })

  it('may have null where nothing is known', () => {
    const read = snapshot({ ...BARE, sentiment: { score: null, label: null, lastText: null } }, '')
    expect(read.sentiment.score).toBeUndefined()
    expect(read.actions.churnRisk).toBeUndefined()
  })

  it('may have fields that this page does not know', () => {
    expect(snapshot({ ...BARE, mood: 'sunny', value: { orders: 2, shoeSize: 43 } }, '').value.orders).toBe(2)
  })

  it('keeps amounts as text, to the last digit', () => {
    const spend = { amount: '9007199254740993.25', currency: 'IRR' }
    expect(snapshot({ ...BARE, value: { spend } }, '').value.spend).toEqual(spend)
  })

  it('loses a forecast it cannot show, not the customer', () => {
    const actions = { ...BARE.actions, nextBestActions: ['call', { action: 'refund' }, 7], articles: [{ id: 1 }] }
    const read = snapshot({ ...BARE, actions }, '')
    expect(read.actions.nextBestActions.map(({ action }) => action)).toEqual(['call', 'refund'])
    expect(read.actions.articles).toEqual([])
  })
})

describe('what is not', () => {
  const good = () => copy(makeAlert('repeat', maryam, 5)) as Record<string, unknown>
  const refusal = (read: () => unknown): string => {
    try {
      read()
    } catch (error) {
      expect(error).toBeInstanceOf(WireError)
      return (error as Error).message
    }
    throw new Error('was not refused')
  }

  it('is refused with its place and what was expected', () => {
    expect(refusal(() => alertPage({ items: [good(), { ...good(), alertId: undefined }] }, ''))).toBe(
      'items[1].alertId should be a text but is missing',
    )
    expect(refusal(() => alert({ ...good(), severity: 'panic' }, 'alert'))).toBe(
      'alert.severity should be one of info, low, medium, high, critical but is a string',
    )
    expect(refusal(() => alert({ ...good(), times: { eventAt: 'teatime' } }, 'alert'))).toBe(
      'alert.times.eventAt should be an RFC 3339 time but is a string',
    )
    expect(refusal(() => snapshot({ ...BARE, version: '7' }, ''))).toBe('version should be a number but is a string')
    expect(refusal(() => snapshot({ ...BARE, value: { spend: { amount: '12,5', currency: 'EUR' } } }, ''))).toBe(
      'value.spend.amount should be a decimal number but is a string',
    )
    expect(refusal(() => snapshot({ ...BARE, flags: {} }, ''))).toBe('flags should be a list but is an object')
    expect(refusal(() => snapshot('<html>', ''))).toBe('the answer should be an object but is a string')
  })

  it('is never quoted, for it may be personal', () => {
    expect(refusal(() => snapshot({ ...BARE, customerId: ['+982112345678'] }, ''))).not.toContain('98211')
  })
})

describe('a problem', () => {
  it('says its detail, else its title', () => {
    expect(problemText({ title: 'Bad', detail: 'Send a number.' })).toBe('Send a number.')
    expect(problemText({ title: 'Bad' })).toBe('Bad')
    expect(problemText('<html>')).toBeUndefined()
  })
})
