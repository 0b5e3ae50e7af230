import { describe, expect, it } from 'vitest'
import { cut } from '../src/lib/components/tones'
import { customerHref, parseRoute } from '../src/lib/router.svelte'

describe('a text with spans', () => {
  const TEXT = 'I am really upset!'
  const words = (spans: [number, number, number][]) => cut(TEXT, spans).map((part) => part.text)

  it('is cut at them and loses nothing', () => {
    expect(words([[5, 17, -0.6]])).toEqual(['I am ', 'really upset', '!'])
    expect(words([])).toEqual([TEXT])
  })

  it('is whole though spans overlap, turn round or reach beyond it', () => {
    for (const spans of [[[5, 99, -1]], [[9, 5, -1]], [[0, 4, 1], [2, 9, -1]]] as [number, number, number][][]) {
      expect(words(spans).join('')).toBe(TEXT)
    }
  })
})

describe('an address', () => {
  it('leads back to the customer it was made for, whatever the id', () => {
    for (const id of ['C-1024', 'a/b?c#d', 'مشتری ۱', '100%']) {
      expect(parseRoute(customerHref(id))).toEqual({ page: 'customer', id })
    }
  })

  it('that means nothing is home', () => {
    for (const hash of ['', '#/', '#/customers/', '#/customers/%E0%A4%A', '#/other']) {
      expect(parseRoute(hash)).toEqual({ page: 'home' })
    }
  })
})
