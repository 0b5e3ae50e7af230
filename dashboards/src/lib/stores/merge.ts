import type { Alert, Touchpoint } from '../api/wire'

/** A page keeps so many; the rest is the list's business. */
export const ALERTS_KEPT = 200

/** A known alert changes where it stands; a new one goes on top. */
export function mergeAlerts(current: readonly Alert[], batch: readonly Alert[]): Alert[] {
  const merged = [...current]
  const places = new Map(merged.map((alert, index) => [alert.alertId, index]))
  const added = new Map<string, Alert>()
  for (const alert of batch) {
    const place = places.get(alert.alertId)
    if (place === undefined) added.set(alert.alertId, alert)
    else merged[place] = alert
  }
  return [...[...added.values()].reverse(), ...merged].slice(0, ALERTS_KEPT)
}

/** Newest first, each event once; of two events at one time the one that came first stays first. */
export function mergeTouchpoints(current: readonly Touchpoint[], more: readonly Touchpoint[]): Touchpoint[] {
  const known = new Set(current.map((point) => point.eventId))
  const added = more.filter((point) => !known.has(point.eventId))
  if (added.length === 0) return [...current]
  return [...added, ...current].sort((a, b) => Date.parse(b.time) - Date.parse(a.time))
}
