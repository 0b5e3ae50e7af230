/** Everything a language decides, in one table; direction is set from here and nowhere else. */
export const LANGUAGES = {
  fa: { dir: 'rtl', ownName: 'فارسی', locale: 'fa-IR-u-ca-persian-nu-arabext' },
  en: { dir: 'ltr', ownName: 'English', locale: 'en-GB-u-ca-gregory-nu-latn' },
} as const

export type Lang = keyof typeof LANGUAGES

export const LANGS = Object.keys(LANGUAGES) as Lang[]

export function isLang(value: unknown): value is Lang {
  return typeof value === 'string' && Object.hasOwn(LANGUAGES, value)
}

/** The address wins over what was chosen before, and that over what the browser asks for. */
export function chooseLanguage(search: string, stored: string | null, wanted: readonly string[]): Lang {
  const asked = new URLSearchParams(search).get('lang')
  if (isLang(asked)) return asked
  if (isLang(stored)) return stored
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0]
    if (isLang(language)) return language
  }
  return 'en'
}
