import type { Tone } from './Chip.svelte'

/** The colour of a contact's state: waiting asks for someone, talking is well. */
export function contactTone(state: string): Tone {
  if (state === 'connected') return 'good'
  if (state === 'queued') return 'high'
  return state === 'abandoned' ? 'critical' : 'info'
}

export function cartTone(state: string): Tone {
  if (state === 'abandoned') return 'high'
  return state === 'checkout' ? 'accent' : 'info'
}

export function dispositionTone(disposition: string): Tone {
  if (disposition === 'resolved') return 'good'
  return disposition === 'unresolved' ? 'high' : 'info'
}

export const CALM_ABOVE = -0.2
export const GLAD_ABOVE = 0.2

/** The colour of a score between -1 and 1. */
export function scoreTone(score: number): Tone {
  if (score < CALM_ABOVE) return 'critical'
  return score > GLAD_ABOVE ? 'good' : 'info'
}

/** A text cut at the places a reading of it gave; spans that do not fit the text are left out. */
export function cut(text: string, spans: readonly (readonly [number, number, number])[]): { text: string; score: number }[] {
  const parts: { text: string; score: number }[] = []
  let from = 0
  for (const [start, end, score] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (start < from || end <= start || end > text.length) continue
    if (start > from) parts.push({ text: text.slice(from, start), score: 0 })
    parts.push({ text: text.slice(start, end), score })
    from = end
  }
  if (from < text.length) parts.push({ text: text.slice(from), score: 0 })
  return parts
}
