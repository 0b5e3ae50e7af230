package io.nabz.api.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import org.junit.jupiter.api.Test;

class OutlineTest {
  private static final byte[] SNAPSHOT =
      """
      {"customerId": "C-1", "version": 7, "asOf": "2026-11-22T10:00:00Z",
       "identity": {"identifiers": {"phone": ["+982112345678"]}, "attributes": {"name": "سارا"}},
       "relationships": [{"customer": "C-2", "kind": "spouse"}],
       "currentActivity": {
         "contacts": [
           {"contactId": "k-1", "channel": "voice", "state": "queued", "transfers": 0,
            "since": "2026-11-22T09:59:00Z"}],
         "cart": {"cartId": "b-1", "state": "open", "since": "2026-11-22T09:00:00Z"}},
       "history": {
         "contacts": [
           {"contactId": "k-0", "channel": "chat", "state": "ended", "transfers": 0,
            "since": "2026-11-21T09:00:00Z", "endedAt": "2026-11-21T09:10:00Z"}],
         "counts": {"contact.voice": {"24h": 1}},
         "journey": [
           {"id": "e-1", "type": "message.received", "at": "2026-11-21T09:01:00Z", "text": "سلام"}],
         "stage": "need_help"},
       "value": {"orders": 2, "spend": {"amount": 125, "currency": "IRR"}, "tier": "gold"},
       "sentiment": {"label": "negative", "score": -0.5},
       "flags": [
         {"code": "REPEAT_CALLER", "severity": "high", "since": "2026-11-22T09:59:00Z"}],
       "freshness": {}}
      """
          .getBytes(UTF_8);

  @Test
  void allThatViewsAndSearchAreMadeOfIsThereAndTheJourneyIsNot() throws Exception {
    Snapshot whole = Json.read(SNAPSHOT, Snapshot.class);
    Snapshot outline = Outline.read(SNAPSHOT);

    assertThat(SearchFields.of(outline))
        .isEqualTo(SearchFields.of(whole))
        .hasNoNullFieldsOrProperties();
    assertThat(outline)
        .usingRecursiveComparison()
        .ignoringFields(
            "relationships", "actions", "freshness", "history.counts", "history.journey")
        .isEqualTo(whole);
    assertThat(outline.history().journey()).isNull();
    assertThat(whole.history().journey()).hasSize(1);
  }
}
