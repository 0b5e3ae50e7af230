import { describe, expect, it } from 'vitest'
import { alert as readAlert, touchpoint as readTouchpoint } from '../src/lib/api/wire'
import type { Alert, Touchpoint } from '../src/lib/api/wire'
import { ALERTS_KEPT, mergeAlerts, mergeTouchpoints } from '../src/lib/stores/merge'

const AT = '2026-11-22T10:15:30Z'

function alertOf(alertId: string, state = 'open'): Alert {
  const times = { eventAt: AT }
  return readAlert(
    { alertId, ruleId: 'r', customerId: 'C-1', audience: 'agent', severity: 'high', state, title: { en: alertId }, times },
    '',
  )
}

function pointOf(eventId: string, time: string): Touchpoint {
  return readTouchpoint({ eventId, type: 'page.viewed', time }, '')
}

const ids = (alerts: Alert[]) => alerts.map(({ alertId }) => alertId)

describe('alerts', () => {
  it('that are new go on top, the latest first', () => {
    expect(ids(mergeAlerts([alertOf('a')], [alertOf('b'), alertOf('c')]))).toEqual(['c', 'b', 'a'])
  })

  it('that are known change where they stand', () => {
    const merged = mergeAlerts([alertOf('b'), alertOf('a')], [alertOf('a', 'retracted')])
    expect(ids(merged)).toEqual(['b', 'a'])
    expect(merged[1]?.state).toBe('retracted')
  })

  it('that come twice in one batch are one, with the last word', () => {
    const merged = mergeAlerts([], [alertOf('a'), alertOf('b'), alertOf('a', 'seen')])
    expect(ids(merged)).toEqual(['b', 'a'])
    expect(merged[1]?.state).toBe('seen')
  })

  it('are kept up to a number, the oldest go', () => {
    const many = Array.from({ length: ALERTS_KEPT }, (_, n) => alertOf(`old${n}`))
    const merged = mergeAlerts(many, [alertOf('new')])
    expect(merged).toHaveLength(ALERTS_KEPT)
    expect(merged[0]?.alertId).toBe('new')
  })

  it('leave the list they are merged into as it was', () => {
    const before = [alertOf('a')]
    mergeAlerts(before, [alertOf('a', 'seen'), alertOf('b')])
    expect(ids(before)).toEqual(['a'])
    expect(before[0]?.state).toBe('open')
  })
})

describe('touchpoints', () => {
  it('are in one line by time, newest first, each once', () => {
    const current = [pointOf('c', '2026-11-22T10:03:00Z'), pointOf('a', '2026-11-22T10:01:00Z')]
    const more = [pointOf('b', '2026-11-22T10:02:00Z'), pointOf('c', '2026-11-22T10:03:00Z')]
    expect(mergeTouchpoints(current, more).map(({ eventId }) => eventId)).toEqual(['c', 'b', 'a'])
  })

  it('compare as instants, whatever their offset', () => {
    const current = [pointOf('tehran', '2026-11-22T13:31:00+03:30')]
    const more = [pointOf('utc', '2026-11-22T10:02:00Z')]
    expect(mergeTouchpoints(current, more).map(({ eventId }) => eventId)).toEqual(['utc', 'tehran'])
  })
})
