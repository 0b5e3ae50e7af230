package io.nabz.api.auth;

import static io.nabz.api.Samples.TEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceKeysTest {
  private static final Clock NOW = Clock.fixed(TEN, ZoneOffset.UTC);
  private static final Clock A_DAY_LATER =
      Clock.fixed(TEN.plus(Duration.ofDays(1)), ZoneOffset.UTC);

  @TempDir Path dir;

  @Test
  void aKeyIsKnownByItsHashAloneAndOpensItsScopesAndTenant() throws Exception {
    KeyFile.Fresh fresh = file().create("shop", "web", Set.of(Scope.SEGMENT), null, 100);
    assertThat(Files.readString(path())).doesNotContain(fresh.text().split("_", 3)[2]);
    Principal principal = new SourceKeys(path(), NOW).verify(fresh.text());
    assertThat(principal.tenant()).isEqualTo("shop");
    assertThat(principal.name()).isEqualTo("web");
    assertThat(principal.roles()).isEmpty();
    assertThat(principal.hasAnyOf(Set.of(Scope.SEGMENT))).isTrue();
    assertThat(principal.hasAnyOf(Set.of(Scope.EVENTS, Role.ADMIN))).isFalse();
    assertThat(principal.eventsPerSecond()).isEqualTo(100);
  }

  @Test
  void whatIsNoGoodKeyIsRefused() throws Exception {
    SourceKeys none = new SourceKeys(path(), NOW);
    assertThatThrownBy(() -> none.verify("nbz_a_b")).isInstanceOf(AuthException.class);
    String key =
        file().create("shop", "web", Set.of(Scope.EVENTS), Duration.ofHours(1), null).text();
    SourceKeys keys = new SourceKeys(path(), NOW);
    assertThat(keys.verify(key)).isNotNull();
    for (String bad : new String[] {key + "x", key.substring(0, 14), "nbz_", "", "nbz__", "x"}) {
      assertThatThrownBy(() -> keys.verify(bad)).isInstanceOf(AuthException.class);
    }
    assertThatThrownBy(() -> new SourceKeys(path(), A_DAY_LATER).verify(key))
        .hasMessageContaining("over");
  }

  @Test
  void aRotatedKeyIsGoodForItsGraceBesideTheNewOne() throws Exception {
    KeyFile.Fresh old = file().create("shop", "web", Set.of(Scope.EVENTS), null, 7);
    KeyFile.Fresh fresh = file().rotate(old.key().id(), Duration.ofHours(2));
    SourceKeys soon = new SourceKeys(path(), NOW);
    assertThat(soon.verify(old.text()).name()).isEqualTo("web");
    assertThat(soon.verify(fresh.text()).eventsPerSecond()).isEqualTo(7);
    SourceKeys later = new SourceKeys(path(), A_DAY_LATER);
    assertThatThrownBy(() -> later.verify(old.text())).isInstanceOf(AuthException.class);
    assertThat(later.verify(fresh.text()).tenant()).isEqualTo("shop");
    file().revoke(fresh.key().id());
    assertThatThrownBy(() -> new SourceKeys(path(), NOW).verify(fresh.text()))
        .isInstanceOf(AuthException.class);
    assertThatThrownBy(() -> file().revoke("nobody")).hasMessageContaining("key list");
    assertThatThrownBy(() -> file().create("a/b", "web", Set.of(Scope.EVENTS), null, null))
        .hasMessageContaining("tenant");
  }

  @Test
  void aBrokenFileLeavesTheKeysThatWereGoodBefore() throws Exception {
    String key = file().create("shop", "web", Set.of(Scope.EVENTS), null, null).text();
    TickingClock clock = new TickingClock();
    SourceKeys keys = new SourceKeys(path(), clock);
    keys.verify(key);
    Files.writeString(path(), "{half");
    Files.setLastModifiedTime(path(), java.nio.file.attribute.FileTime.from(TEN));
    clock.seconds = 2;
    assertThat(keys.verify(key).name()).isEqualTo("web");
  }

  private static final class TickingClock extends Clock {
    private int seconds;

    @Override
    public java.time.Instant instant() {
      return TEN.plusSeconds(seconds);
    }

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }

  private KeyFile file() {
    return new KeyFile(path(), NOW);
  }

  private Path path() {
    return dir.resolve("keys.json");
  }
}
