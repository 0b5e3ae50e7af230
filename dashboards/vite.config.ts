import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

const api = process.env['NABZ_API'] ?? 'http://127.0.0.1:8090'

export default defineConfig({
  plugins: [svelte()],
  build: {
    target: 'es2022',
    // The pages run under `default-src 'self'`: a font or picture inlined as data: would be refused.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/v1': api, '/livez': api },
  },
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
    env: { TZ: 'UTC' },
  },
})
