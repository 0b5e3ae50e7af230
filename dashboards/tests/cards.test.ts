import { render } from 'svelte/server'
import { describe, expect, it } from 'vitest'
import { alert as readAlert, snapshot as readSnapshot } from '../src/lib/api/wire'
import AlertCard from '../src/lib/components/AlertCard.svelte'
import Failure from '../src/lib/components/Failure.svelte'
import FloorTotals from '../src/lib/components/FloorTotals.svelte'
import NowSection from '../src/lib/components/NowSection.svelte'
import PastSection from '../src/lib/components/PastSection.svelte'
import { ApiError } from '../src/lib/api/client'
import { makeAlert, makeSnapshot, PEOPLE } from '../dev/fixture-data.mjs'

const [maryam] = PEOPLE as [Person]
type Person = (typeof PEOPLE)[number]
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

function card(more: Record<string, unknown>): string {
  const alert = readAlert({ ...copy(makeAlert('repeat', maryam, 5)), ...more }, '')
  return render(AlertCard, { props: { alert, fresh: false, current: false } }).body
}

describe('an alert on the page', () => {
  it('carries the hooks that tests and tools find it by', () => {
    const html = card({ alertId: 'al-7', ruleId: 'repeat-caller', state: 'retracted' })
    expect(html).toContain('data-testid="alert" data-alert-id="al-7" data-rule-id="repeat-caller" data-state="retracted"')
    expect(html).toContain('href="#/customers/C-1024"')
  })

  it('across customers it leads to none of them and says so', () => {
    const html = card({ customerId: undefined, audience: 'supervisor' })
    expect(html).not.toContain('#/customers/')
    expect(html).toContain('Many customers')
  })

  it('about a feed or a queue it speaks of no customers', () => {
    const html = card({ customerId: undefined, audience: 'supervisor', evidence: [] })
    expect(html).not.toContain('Many customers')
  })

  it('shows what a customer wrote as text, apart from the direction of the page', () => {
    const html = card({ title: { en: '<img src=x onerror=alert(1)>\u202e' } })
    expect(html).toContain('<bdi>&lt;img src=x onerror=alert(1)>\u202e</bdi>')
    expect(html).not.toContain('<img')
  })
})

describe('a customer on the page', () => {
  it('has the present and the past of a full snapshot', () => {
    const snapshot = readSnapshot(copy(makeSnapshot(maryam, 7, [])), '')
    expect(render(NowSection, { props: { snapshot } }).body).toContain('data-contact-id="k-77"')
    expect(render(PastSection, { props: { snapshot } }).body).toContain('Hung up waiting')
  })

  it('names no style in the markup, which the content security policy would refuse', () => {
    const html = card({})
    expect(html).not.toContain('style=')
    expect(html).not.toMatch(/\son\w+=/)
  })
})

describe('a panel without data', () => {
  const failure = (error: unknown) => render(Failure, { props: { error, retry: () => undefined } }).body

  it('says what the service says, what to expect without an answer, and offers to try again', () => {
    expect(failure(new ApiError(503, 'The view is still being read.'))).toContain('The view is still being read.')
    expect(failure(new ApiError(0, ''))).toContain('does not answer')
    expect(failure(new Error('items[0].alertId should be a text'))).toContain('cannot read')
    expect(failure(new ApiError(0, ''))).toContain('role="alert"')
    expect(failure(new ApiError(0, ''))).toContain('Try again')
  })

  it('shows no figure rather than a zero', () => {
    const html = render(FloorTotals, { props: { totals: undefined } }).body
    expect(html).not.toContain('>0<')
    expect(html).toContain('–')
  })
})
