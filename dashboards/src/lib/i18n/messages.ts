import { en } from './en'
import { fa } from './fa'
import type { Lang } from './languages'

export type MessageKey = keyof typeof en

/** The names in braces of a text: `'{n} new'` needs `n`. */
type Placeholders<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never

/** What must be handed over with a key; nothing when its text has no placeholder. */
export type MessageArgs<K extends MessageKey> = [Placeholders<(typeof en)[K]>] extends [never]
  ? []
  : [values: Record<Placeholders<(typeof en)[K]>, string>]

export const MESSAGES: Record<Lang, Record<MessageKey, string>> = { en, fa }

/** Each value is isolated, so that a name in one script does not turn the sentence around it. */
const FIRST_STRONG_ISOLATE = '\u2068'
const POP_ISOLATE = '\u2069'

export function message<K extends MessageKey>(lang: Lang, key: K, ...args: MessageArgs<K>): string {
  const values: Record<string, string> = args[0] ?? {}
  return MESSAGES[lang][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    values[name] === undefined ? whole : FIRST_STRONG_ISOLATE + values[name] + POP_ISOLATE,
  )
}

export type LabelGroup =
  | 'action'
  | 'alertState'
  | 'audience'
  | 'cartState'
  | 'channel'
  | 'contactState'
  | 'disposition'
  | 'emotion'
  | 'event'
  | 'flag'
  | 'identifier'
  | 'priority'
  | 'sentiment'
  | 'severity'
  | 'tier'
  | 'topic'
  | 'trend'

/** A word of the contract in the reader's language; a word we do not know is shown as it came. */
export function label(lang: Lang, group: LabelGroup, word: string): string {
  const key = `${group}.${word}`
  return Object.hasOwn(en, key) ? MESSAGES[lang][key as MessageKey] : word
}
