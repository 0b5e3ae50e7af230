package io.nabz.job;

import static java.util.Objects.requireNonNull;
import static org.apache.flink.configuration.ConfigOptions.key;

import io.nabz.text.NgramModel;
import io.nabz.text.Taxonomy;
import io.nabz.text.TextReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * How texts are read.
 *
 * @param scorerUrl of a scorer of one's own; null for the built-in one alone
 * @param scorerToken bearer token for it, or null; a secret
 * @param scorerTimeout after which the built-in scorer reads the text
 * @param scorerInFlight texts that wait for an answer at a time, in each parallel instance
 * @param topics a taxonomy of one's own, the file's whole text; null for the shipped one
 * @param model a model of one's own in base 64; null for the shipped one
 */
public record TextOptions(
    URI scorerUrl,
    String scorerToken,
    Duration scorerTimeout,
    int scorerInFlight,
    String topics,
    String model)
    implements Serializable {

  static final ConfigOption<String> SCORER_URL =
      key("scorer-url")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Address of a scorer of your own that texts are posted to, http or https; what it"
                  + " does not answer in time the built-in one reads.");

  static final ConfigOption<String> SCORER_TOKEN_FILE =
      key("scorer-token-file")
          .stringType()
          .noDefaultValue()
          .withDescription("File with a bearer token for that scorer.");

  static final ConfigOption<Duration> SCORER_TIMEOUT =
      key("scorer-timeout")
          .durationType()
          .defaultValue(Duration.ofMillis(300))
          .withDescription("How long that scorer may take for a text.");

  static final ConfigOption<Integer> SCORER_IN_FLIGHT =
      key("scorer-in-flight")
          .intType()
          .defaultValue(64)
          .withDescription("Texts that wait for that scorer at a time, in each parallel instance.");

  static final ConfigOption<String> TOPICS_FILE =
      key("topics-file")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "File with topics of your own in place of the shipped ones: topic, language and"
                  + " phrase a line, separated by tabs.");

  static final ConfigOption<String> TEXT_MODEL_FILE =
      key("text-model-file")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "File with a model of your own, from ./nabz train-text, in place of the shipped one.");

  static final List<ConfigOption<?>> ALL =
      List.of(
          SCORER_URL,
          SCORER_TOKEN_FILE,
          SCORER_TIMEOUT,
          SCORER_IN_FLIGHT,
          TOPICS_FILE,
          TEXT_MODEL_FILE);

  public TextOptions {
    requireNonNull(scorerTimeout, "scorerTimeout is null");
    if (scorerTimeout.isNegative() || scorerTimeout.isZero()) {
      throw new IllegalArgumentException("--scorer-timeout must be longer than nothing");
    }
    if (scorerInFlight < 1) {
      throw new IllegalArgumentException("--scorer-in-flight must be 1 or more");
    }
    if (topics != null) {
      taxonomy(topics);
    }
    if (model != null) {
      ngrams(model);
    }
  }

  /**
   * @throws IllegalArgumentException naming the option that cannot be read
   */
  static TextOptions read(Configuration config) {
    return new TextOptions(
        config.getOptional(SCORER_URL).map(TextOptions::url).orElse(null),
        config
            .getOptional(SCORER_TOKEN_FILE)
            .map(file -> text(SCORER_TOKEN_FILE, file).strip())
            .orElse(null),
        config.get(SCORER_TIMEOUT),
        config.get(SCORER_IN_FLIGHT),
        config.getOptional(TOPICS_FILE).map(file -> text(TOPICS_FILE, file)).orElse(null),
        config.getOptional(TEXT_MODEL_FILE).map(TextOptions::base64).orElse(null));
  }

  boolean hasScorer() {
    return scorerUrl != null;
  }

  /** Whether texts are read with nothing of one's own. */
  boolean isShipped() {
    return topics == null && model == null;
  }

  /** The built-in reader, with the topics and the model asked for. */
  TextReader reader() {
    TextReader reader =
        topics == null ? TextReader.create() : TextReader.withTaxonomy(taxonomy(topics));
    return model == null ? reader : reader.withModel(ngrams(model));
  }

  private static NgramModel ngrams(String base64) {
    try (InputStream in = new ByteArrayInputStream(Base64.getDecoder().decode(base64))) {
      return NgramModel.read(in);
    } catch (IOException e) {
      String why = e.getMessage() == null ? "it ends too early" : e.getMessage();
      throw new IllegalArgumentException("--" + TEXT_MODEL_FILE.key() + ": " + why, e);
    }
  }

  private static String base64(String file) {
    try {
      return Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(file)));
    } catch (IOException e) {
      throw new IllegalArgumentException("--" + TEXT_MODEL_FILE.key() + ": cannot read " + file, e);
    }
  }

  private static Taxonomy taxonomy(String rows) {
    try {
      return Taxonomy.read(new StringReader(rows));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException("--" + TOPICS_FILE.key() + ": " + e.getMessage(), e);
    }
  }

  private static URI url(String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw badUrl(e);
    }
    if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
      throw badUrl(null);
    }
    return url;
  }

  /** The address itself may hold a secret and is not repeated. */
  private static IllegalArgumentException badUrl(Exception cause) {
    return new IllegalArgumentException(
        "--" + SCORER_URL.key() + ": give an address such as http://localhost:9000/score", cause);
  }

  private static String text(ConfigOption<String> option, String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("--" + option.key() + ": cannot read " + file, e);
    }
  }

  /** Leaves out the address and the token, which are secrets or may hold one. */
  @Override
  public String toString() {
    return "TextOptions[hasScorer=%s, ownTopics=%s, ownModel=%s]"
        .formatted(hasScorer(), topics != null, model != null);
  }
}
