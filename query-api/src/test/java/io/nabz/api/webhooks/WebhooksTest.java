package io.nabz.api.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhooksTest {
  /** The example of the specification's reference libraries. */
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final Instant AT = Instant.ofEpochSecond(1_614_265_330L);

  @Test
  void aSignatureIsThatOfThePublishedExample() {
    assertThat(
            Signing.signatures(
                List.of(SECRET),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                AT,
                "{\"test\": 2432232314}".getBytes(UTF_8)))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void aSecretIsTakenInTheOneFormOnly() {
    assertThat(Signing.checkedSecret(SECRET)).isEqualTo(SECRET);
    assertThat(Signing.checkedSecret(Signing.freshSecret())).startsWith("whsec_");
    for (String wrong : List.of("", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8G", "whsec_!!!")) {
      assertThatThrownBy(() -> Signing.checkedSecret(wrong)).hasMessageContaining("whsec_");
    }
  }

  @Test
  void waitsGrowFourfoldUpToTenHoursAndNeverComeAllAtOnce() {
    WebhookOptions options = WebhookOptions.DEFAULT;
    assertThat(options.waitAfter(1, 0)).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.waitAfter(3, 0)).isEqualTo(Duration.ofSeconds(5 * 4 * 4));
    assertThat(options.waitAfter(9, 0)).isEqualTo(Duration.ofHours(10));
    assertThat(options.waitAfter(60, 0)).isEqualTo(Duration.ofHours(10));
    assertThat(options.waitAfter(1, 1)).isEqualTo(Duration.ofMillis(2_500));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.9.10",
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "192.0.0.8",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::127.0.0.1",
        "2002:7f00:1::",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "2001:db8::1",
        "2001::1"
      })
  void anAddressOfThisMachineOrOfAPrivateNetworkIsNotPublic(String address) throws Exception {
    assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::1.1.1.1"})
  void anAddressOfTheInternetIsPublic(String address) throws Exception {
    assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isTrue();
  }

  /** Names resolve to this machine at the moment of the connection, whatever was checked before. */
  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "2130706433"})
  void nothingConnectsToThisMachineUnlessAllowed(String host) throws Exception {
    try (Receiver receiver = new Receiver();
        Sender strict = new Sender(WebhookOptions.DEFAULT);
        Sender allowed = new Sender(WebhookOptions.DEFAULT.withPrivate(true))) {
      URI url = URI.create("http://" + host + ':' + receiver.port() + "/strict");
      Sender.Answer refused =
          strict.post(url, Map.of(), new byte[] {'{', '}'}).get(20, TimeUnit.SECONDS);
      assertThat(refused.status()).isZero();
      assertThat(refused.error()).contains("private network");
      assertThat(receiver.at("/strict")).isEmpty();
      assertThat(
              allowed
                  .post(URI.create(receiver.url("/open")), Map.of(), new byte[] {'{', '}'})
                  .get(20, TimeUnit.SECONDS)
                  .status())
          .isEqualTo(200);
    }
  }
}
