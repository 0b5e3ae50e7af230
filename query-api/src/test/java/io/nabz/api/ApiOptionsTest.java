package io.nabz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiOptionsTest {
  private static final Map<String, String> LEAST =
      Map.of("NABZ_BOOTSTRAP_SERVERS", "kafka:9092", "NABZ_DATA_DIR", "/data");

  @Test
  void theLeastEnvironmentGivesTheSafeDefaults() {
    ApiOptions options = ApiOptions.fromEnvironment(LEAST);
    assertThat(options.host()).isEqualTo("127.0.0.1");
    assertThat(options.port()).isEqualTo(8080);
    assertThat(options.metricsPublic()).isTrue();
    assertThat(options.oidc()).isNull();
  }

  @Test
  void everyVariableHasItsEffect() {
    ApiOptions options =
        ApiOptions.fromEnvironment(
            with(
                Map.of(
                    "NABZ_LISTEN_HOST", "0.0.0.0",
                    "NABZ_PORT", "9000",
                    "NABZ_DEFAULT_REGION", "DE",
                    "NABZ_OIDC_ISSUER", "https://id.example",
                    "NABZ_OIDC_JWKS_URL", "https://id.example/jwks",
                    "NABZ_OIDC_AUDIENCE", "cx")));
    assertThat(options.host()).isEqualTo("0.0.0.0");
    assertThat(options.port()).isEqualTo(9000);
    assertThat(options.defaultRegion()).isEqualTo("DE");
    assertThat(options.oidc().jwksUrl()).isEqualTo(URI.create("https://id.example/jwks"));
    assertThat(options.oidc().audience()).isEqualTo("cx");
    assertThat(options.metricsPublic()).as("beyond loopback metrics take a role").isFalse();
    assertThat(
            ApiOptions.fromEnvironment(with(Map.of("NABZ_METRICS_PUBLIC", "false")))
                .metricsPublic())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, http://localhost:9000",
    "0.0.0.0, http://localhost:9000",
    "::, http://localhost:9000",
    "::1, http://[::1]:9000",
    "10.0.0.5, http://10.0.0.5:9000",
    "nabz.example, http://nabz.example:9000"
  })
  void aBrowserIsSentToWhereTheHostCanBeReached(String host, String url) {
    ApiOptions options = ApiOptions.fromEnvironment(with(Map.of("NABZ_LISTEN_HOST", host)));
    assertThat(options.url(9000)).isEqualTo(url);
  }

  @Test
  void whatIsMissingOrWrongIsNamed() {
    assertThatThrownBy(() -> ApiOptions.fromEnvironment(Map.of()))
        .hasMessageContaining("NABZ_BOOTSTRAP_SERVERS");
    assertThatThrownBy(() -> ApiOptions.fromEnvironment(with(Map.of("NABZ_PORT", "http"))))
        .hasMessageContaining("NABZ_PORT");
    assertThatThrownBy(() -> ApiOptions.fromEnvironment(with(Map.of("NABZ_PORT", "70000"))))
        .hasMessageContaining("65535");
    assertThatThrownBy(
            () -> ApiOptions.fromEnvironment(with(Map.of("NABZ_OIDC_ISSUER", "https://x"))))
        .hasMessageContaining("NABZ_OIDC_JWKS_URL");
  }

  @Test
  void everyKafkaClientIsToldWhatTheFileSays(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("client.properties");
    Files.writeString(file, "security.protocol=SSL\nbootstrap.servers=elsewhere:1\nssl.key=hush\n");
    ApiOptions options =
        ApiOptions.fromEnvironment(with(Map.of("NABZ_KAFKA_PROPERTIES", file.toString())));
    assertThat(options.kafka().client("c"))
        .containsEntry("security.protocol", "SSL")
        .containsEntry("bootstrap.servers", "kafka:9092");
    assertThat(options.toString()).doesNotContain("hush");
    assertThatThrownBy(
            () -> ApiOptions.fromEnvironment(with(Map.of("NABZ_KAFKA_PROPERTIES", "/no/such"))))
        .hasMessageContaining("readable");
  }

  @Test
  void everyVariableThatIsReadIsInTheDocument() throws IOException {
    Set<String> read = new HashSet<>();
    ApiOptions.fromEnvironment(
        new HashMap<>(LEAST) {
          @Override
          public String get(Object name) {
            read.add((String) name);
            return super.get(name);
          }

          @Override
          public String getOrDefault(Object name, String preset) {
            read.add((String) name);
            return super.getOrDefault(name, preset);
          }

          @Override
          public boolean containsKey(Object name) {
            read.add((String) name);
            return super.containsKey(name);
          }
        });
    assertThat(read).hasSizeGreaterThan(8);
    String document = Files.readString(Path.of("OPTIONS.md"));
    assertThat(read).allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
  }

  private static Map<String, String> with(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(LEAST);
    environment.putAll(more);
    return environment;
  }
}
