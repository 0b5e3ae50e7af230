/** What a panel can be in before it has anything to show, and after. */
export type PanelStatus = 'loading' | 'ready' | 'failed'
