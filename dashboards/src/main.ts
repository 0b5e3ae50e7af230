import { mount } from 'svelte'
import App from './App.svelte'
import './lib/tokens.css'
import './lib/base.css'
import { i18n } from './lib/i18n/i18n.svelte'
import { router } from './lib/router.svelte'
import { clock } from './lib/stores/clock.svelte'
import { session } from './lib/stores/session.svelte'

i18n.start()
router.start()
clock.start()
void session.check()

const target = document.getElementById('app')
if (target === null) throw new Error('index.html has no element with the id "app" to put the page into')
mount(App, { target })
