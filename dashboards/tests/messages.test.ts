import { describe, expect, it } from 'vitest'
import { en } from '../src/lib/i18n/en'
import { chooseLanguage, LANGS, LANGUAGES } from '../src/lib/i18n/languages'
import { label, message, MESSAGES } from '../src/lib/i18n/messages'
import type { MessageKey } from '../src/lib/i18n/messages'
import taxonomy from '../../flink-jobs/src/main/resources/io/nabz/text/taxonomy.tsv?raw'

const KEYS = Object.keys(en) as MessageKey[]
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

describe.each(LANGS)('the texts in %s', (lang) => {
  it('are there, and fill in the same values as the English ones', () => {
    for (const key of KEYS) {
      expect(MESSAGES[lang][key], key).not.toBe('')
      expect(placeholders(MESSAGES[lang][key]), key).toEqual(placeholders(en[key]))
    }
  })

  it('are for no key that English does not have', () => {
    expect(Object.keys(MESSAGES[lang]).sort()).toEqual([...KEYS].sort())
  })
})

describe('a message', () => {
  it('isolates what is filled in, so that it cannot turn the sentence around it', () => {
    expect(message('fa', 'alerts.announce', { title: 'Late order' })).toBe('هشدار تازه: \u2068Late order\u2069')
  })

  it('does not compile without its values or with an unknown key', () => {
    // @ts-expect-error the text has {title}
    expect(message('en', 'alerts.announce')).toContain('{title}')
    // @ts-expect-error there is no such key
    expect(() => message('en', 'no.such.key')).toThrow()
  })
})

describe('a label', () => {
  it('is the word of the contract in the language of the reader', () => {
    expect(label('fa', 'flag', 'REPEAT_CALLER')).toBe('تماس مکرر')
    expect(label('en', 'event', 'contact.initiated')).toBe('Contact started')
  })

  it.each(LANGS)('is there in %s for every topic that the stream reads from texts', (lang) => {
    const topics = taxonomy
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split('\t')[0] ?? '')
    expect(topics).not.toHaveLength(0)
    for (const topic of new Set(topics)) {
      expect(label(lang, 'topic', topic), topic).not.toBe(topic)
    }
  })

  it('is the word itself when it is none of ours', () => {
    expect(label('fa', 'event', 'vending.jammed')).toBe('vending.jammed')
    expect(label('en', 'channel', '__proto__')).toBe('__proto__')
  })
})

describe('the language', () => {
  it('is asked for by the address, then what was chosen, then what the browser wants', () => {
    expect(chooseLanguage('?lang=fa', 'en', ['en-US'])).toBe('fa')
    expect(chooseLanguage('?lang=xx', 'fa', ['en-US'])).toBe('fa')
    expect(chooseLanguage('', null, ['de-DE', 'fa-IR', 'en'])).toBe('fa')
    expect(chooseLanguage('', 'toString', ['de'])).toBe('en')
  })

  it('decides the direction', () => {
    expect(LANGUAGES.fa.dir).toBe('rtl')
    expect(LANGUAGES.en.dir).toBe('ltr')
  })
})
