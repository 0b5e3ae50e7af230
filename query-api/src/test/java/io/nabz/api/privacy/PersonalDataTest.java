package io.nabz.api.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nabz.api.PersonSample;
import io.nabz.model.Json;
import io.nabz.model.Snapshot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PersonalDataTest {
  private static final byte[] WHOLE = PersonSample.snapshot("C-1");

  @Test
  void theWholeSightIsTheSnapshotAsItCame() {
    assertThat(PersonalData.snapshot(WHOLE, Sight.WHOLE)).isSameAs(WHOLE);
  }

  @Test
  void withoutDirectIdentifiersTheSnapshotStillSaysWhatTheCustomerIsLike() throws Exception {
    byte[] shown = PersonalData.snapshot(WHOLE, Sight.INDIRECT);
    assertThat(new String(shown, UTF_8)).doesNotContain(PersonSample.DIRECT);
    Snapshot snapshot = Json.read(shown, Snapshot.class);
    assertThat(snapshot.customerId()).isEqualTo("C-1");
    assertThat(snapshot.version()).isEqualTo(3);
    assertThat(snapshot.identity().identifiers()).isEmpty();
    assertThat(snapshot.identity().attributes()).isEqualTo(Map.of("city", "تهران"));
    assertThat(snapshot.relationships().get(0).customer()).isEqualTo("C-7");
    assertThat(snapshot.currentActivity().cases().get(0).topic()).isEqualTo("refund for •••");
    assertThat(snapshot.sentiment().lastText().spans()).isEmpty();
    assertThat(snapshot.value().tier()).isEqualTo("gold");
  }

  @Test
  void aFieldThatNobodyHasNamedYetStaysHidden() throws Exception {
    JsonNode shown = Json.tree(PersonalData.snapshot(WHOLE, Sight.INDIRECT));
    assertThat(shown.has("addedLater")).isFalse();
    assertThat(shown.has("freshness")).isFalse();
  }

  @Test
  void whoServesSeesTheEndOfANationalId() {
    Map<String, List<String>> ids = Map.of("nationalId", List.of("0012346789", "12"));
    assertThat(PersonalData.identifiers(ids, Sight.SERVING))
        .isEqualTo(Map.of("nationalId", List.of("•••6789", "•••")));
    assertThat(PersonalData.identifiers(ids, Sight.WHOLE)).isSameAs(ids);
    assertThat(PersonalData.identifiers(ids, Sight.INDIRECT)).isNull();
  }
}
