package io.nabz.api.auth;

import static io.nabz.api.Samples.TEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthTest {
  private static final Clock NOW = Clock.fixed(TEN, ZoneOffset.UTC);
  private static final Clock ELEVEN_MINUTES_LATER =
      Clock.fixed(TEN.plus(Duration.ofMinutes(11)), ZoneOffset.UTC);

  @TempDir Path dir;

  @Test
  void theKeyIsKeptForItsOwnerAloneAndLoadedAgain() throws Exception {
    String token =
        EmbeddedIssuer.open(dir, NOW)
            .token("sara", Set.of(Role.AGENT), "shop", Duration.ofMinutes(10));
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("issuer.jwk"))))
        .isEqualTo("rw-------");
    assertThat(dir).isDirectoryNotContaining("glob:**.new");
    EmbeddedIssuer again = EmbeddedIssuer.open(dir, NOW);
    Principal principal = TokenVerifier.embedded(again, NOW).verify(token);
    assertThat(principal.subject()).isEqualTo("sara");
    assertThat(principal.roles()).containsExactly(Role.AGENT);
    assertThat(principal.tenant()).isEqualTo("shop");
    assertThatThrownBy(() -> TokenVerifier.embedded(again, ELEVEN_MINUTES_LATER).verify(token))
        .isInstanceOf(AuthException.class);
  }

  @Test
  void aSessionIsNoBearerTokenAndABearerTokenNoSession() throws Exception {
    EmbeddedIssuer issuer = EmbeddedIssuer.open(dir, NOW);
    Sessions sessions = new Sessions(issuer, NOW);
    Principal sara =
        new Principal("sara", "Sara", Set.of(Role.AGENT), "default", TEN.plusSeconds(60));
    String session = sessions.open(sara);
    assertThat(sessions.verify(session).name()).isEqualTo("Sara");
    assertThatThrownBy(() -> TokenVerifier.embedded(issuer, NOW).verify(session))
        .isInstanceOf(AuthException.class);
    String bearer = issuer.token("sara", Set.of(Role.AGENT), "default", Duration.ofMinutes(1));
    assertThatThrownBy(() -> sessions.verify(bearer)).isInstanceOf(AuthException.class);
    sessions.signOut(session);
    assertThatThrownBy(() -> sessions.verify(session)).hasMessageContaining("signed out");
  }

  @Test
  void aTicketIsGoodOnceAndForTenMinutes() {
    Principal sara =
        new Principal("sara", "sara", Set.of(Role.AGENT), "default", TEN.plusSeconds(60));
    Tickets tickets = new Tickets(NOW);
    String ticket = tickets.issue(sara);
    assertThat(ticket).hasSize(43);
    assertThat(tickets.consume(ticket)).contains(sara);
    assertThat(tickets.consume(ticket)).isEmpty();
    assertThat(tickets.consume("guess")).isEmpty();
  }

  @Test
  void aTicketOfElevenMinutesAgoIsNobodys() {
    SettableClock clock = new SettableClock();
    Tickets tickets = new Tickets(clock);
    String ticket =
        tickets.issue(
            new Principal("sara", "sara", Set.of(Role.AGENT), "default", TEN.plusSeconds(60)));
    clock.now = TEN.plus(Duration.ofMinutes(11));
    assertThat(tickets.consume(ticket)).isEmpty();
  }

  @Test
  void anUnknownRoleIsNamedWithTheKnownOnes() {
    assertThatThrownBy(() -> Role.of("boss")).hasMessageContaining("supervisor");
    assertThat(Role.known(Set.of("agent", "of-another-system"))).containsExactly(Role.AGENT);
  }

  private static final class SettableClock extends Clock {
    private Instant now = TEN;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
