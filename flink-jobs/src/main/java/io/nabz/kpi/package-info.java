/**
 * The floor's figures. The unit of counting is not the event but what it tells of: a contact, an
 * agent, a customer, a case. Each keeps its moments whatever order they come in, and has shares in
 * panes, which are sums; when a share changes, the old one is taken out and the new one put in.
 * Everything summed is a whole number, so that no order of arrival can show in a result.
 */
package io.nabz.kpi;
