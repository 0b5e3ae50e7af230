import { formatters } from './format'
import { chooseLanguage, LANGUAGES } from './languages'
import type { Lang } from './languages'
import { label, message } from './messages'
import type { LabelGroup, MessageArgs, MessageKey } from './messages'

const STORED_AS = 'nabz.language'

/** The language of the page: what components read to speak, and the one place that changes it. */
class I18n {
  #lang = $state<Lang>('en')

  get lang(): Lang {
    return this.#lang
  }

  get f() {
    return formatters(this.#lang)
  }

  t<K extends MessageKey>(key: K, ...args: MessageArgs<K>): string {
    return message(this.#lang, key, ...args)
  }

  label(group: LabelGroup, word: string): string {
    return label(this.#lang, group, word)
  }

  /** The text in the reader's language, else in the other. */
  pick(texts: { en?: string | undefined; fa?: string | undefined }): string {
    return texts[this.#lang] ?? texts.en ?? texts.fa ?? ''
  }

  start(): void {
    this.#apply(chooseLanguage(location.search, stored(), navigator.languages))
  }

  choose(lang: Lang): void {
    try {
      localStorage.setItem(STORED_AS, lang)
    } catch {
      // A browser that keeps nothing still speaks the language until it is reloaded.
    }
    const url = new URL(location.href)
    if (url.searchParams.has('lang')) {
      url.searchParams.set('lang', lang)
      history.replaceState(history.state, '', url)
    }
    this.#apply(lang)
  }

  #apply(lang: Lang): void {
    this.#lang = lang
    document.documentElement.lang = lang
    document.documentElement.dir = LANGUAGES[lang].dir
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORED_AS)
  } catch {
    return null
  }
}

export const i18n = new I18n()
