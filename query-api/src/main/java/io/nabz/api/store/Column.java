package io.nabz.api.store;

import java.nio.charset.StandardCharsets;

/** The column families of the view database, by the names they have on disk. */
enum Column {
  /** Counters, offsets and the view's own identity. */
  META("meta"),
  /** tenant, customer -> snapshot as it came. */
  SNAPSHOTS("snapshots"),
  /** tenant, customer -> what rules have under way, as it came; only where there is something. */
  UNDER_WAY("under-way"),
  /** tenant, type, value -> customer. */
  IDENTIFIERS("identifiers"),
  /** tenant, kind, newest first, customer, part -> what is going on now. */
  ACTIVITY("activity"),
  /** tenant, customer, time, event id -> touchpoint as it came. */
  TIMELINE("timeline"),
  /** tenant, place in the list -> change number and alert. */
  ALERTS("alerts"),
  /** tenant, alert id -> place in the list. */
  ALERT_IDS("alert-ids"),
  /** tenant, customer, place in the list -> nothing. */
  ALERTS_BY_CUSTOMER("alerts-by-customer"),
  /** tenant, alert id -> what people have done with it. */
  ALERT_LIVES("alert-lives"),
  /** tenant, change number -> place in the list; only the newest change of each alert is kept. */
  ALERT_CHANGES("alert-changes"),
  /** number -> customer that the search index has still to take up. */
  SEARCH_TODO("search-todo"),
  /** tenant, interval, newest first, dimension -> version, key and figures as they came. */
  KPIS("kpis"),
  /** tenant, newest first, customer, event id -> key in the timeline of what somebody said. */
  VOICE("voice"),
  /** tenant, newest first, place in the list of alerts -> who was due which offer. */
  OFFERS("offers"),
  /** tenant, customer, time, event id of the timeline -> nothing; orders only. */
  ORDERS("orders"),
  /** tenant, time of the last contact, customer -> nothing. */
  LAST_CONTACTS("last-contacts"),
  /** number -> who came into which segment, or left it, that is still to be told. */
  SEGMENT_MOVES("segment-moves");

  private final byte[] columnName;

  Column(String columnName) {
    this.columnName = columnName.getBytes(StandardCharsets.UTF_8);
  }

  byte[] columnName() {
    return columnName.clone();
  }
}
