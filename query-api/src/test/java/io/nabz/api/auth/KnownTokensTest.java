package io.nabz.api.auth;

import static io.nabz.api.Samples.TEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.api.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownTokensTest {
  private static final Duration A_SECOND = Duration.ofSeconds(1);

  private final HandClock clock = new HandClock(TEN);
  private final KnownTokens tokens = new KnownTokens(clock);

  @Test
  void aTokenIsRememberedForAWhileAndThenCheckedAgain() {
    Principal sara = principal(TEN.plus(Duration.ofHours(1)));
    tokens.put("a", sara);
    clock.now = TEN.plus(KnownTokens.KEPT).minus(A_SECOND);
    assertThat(tokens.get("a")).isEqualTo(sara);
    assertThat(tokens.get("b")).isNull();
    clock.now = TEN.plus(KnownTokens.KEPT);
    assertThat(tokens.get("a")).isNull();
  }

  @Test
  void noTokenOutlivesItsExpiry() {
    tokens.put("a", principal(TEN.plus(A_SECOND)));
    assertThat(tokens.get("a")).isNotNull();
    clock.now = TEN.plus(A_SECOND);
    assertThat(tokens.get("a")).isNull();
  }

  @Test
  void aFloodOfTokensIsBounded() {
    for (int i = 0; i < 20_000; i++) {
      tokens.put("t" + i, principal(TEN.plus(Duration.ofHours(1))));
    }
    assertThat(tokens.get("t0")).isNotNull();
    assertThat(tokens.get("t19999")).as("more than are remembered are checked").isNull();
    clock.now = TEN.plus(KnownTokens.KEPT);
    tokens.put("new", principal(TEN.plus(Duration.ofHours(1))));
    assertThat(tokens.get("new")).as("those that are over make room").isNotNull();
  }

  private static Principal principal(Instant expiresAt) {
    return new Principal("sara", "Sara", Set.of(Role.AGENT), "default", expiresAt);
  }
}
