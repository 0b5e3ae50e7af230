package io.nabz.api.webhooks;

import static java.util.Objects.requireNonNull;

import io.nabz.api.settings.SettingsStore;
import io.nabz.model.Alert;
import io.nabz.model.Audience;
import io.nabz.model.Severity;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The webhooks of each tenant. */
public final class Webhooks {
  static final String KIND = "webhook";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int MAX_URL_CHARS = 2_048;
  private static final int MAX_OF_A_TENANT = 50;
  private static final int MAX_LISTED = 200;

  /** How long the former secret signs too. */
  private static final Duration GRACE = Duration.ofHours(24);

  private final SettingsStore settings;
  private final WebhookOptions options;
  private final Clock clock;

  public Webhooks(SettingsStore settings, WebhookOptions options, Clock clock) {
    this.settings = requireNonNull(settings, "settings is null");
    this.options = requireNonNull(options, "options is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** What somebody asks for; null in a list asks for any, a null secret for a fresh one. */
  public record Wish(
      String url,
      Boolean enabled,
      List<String> audiences,
      List<String> severities,
      List<String> rules,
      Boolean named,
      Boolean personalData,
      String secret) {}

  /** A webhook as it is now, and whether its secret is to be told. */
  public record Written(Webhook webhook, boolean freshSecret) {}

  public List<Webhook> list(String tenant) {
    return settings.list(tenant, KIND, Webhook.class);
  }

  public Optional<Webhook> get(String tenant, String id) {
    return settings.get(tenant, KIND, id, Webhook.class);
  }

  /**
   * Makes a webhook or changes it; it keeps its secret unless another is given.
   *
   * @throws IllegalArgumentException saying what to send
   */
  public Written put(String tenant, String id, Wish wish, String by) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "id: send 1 to 64 of letters, digits, '.', '-' and '_' in the path, e.g. crm");
    }
    Webhook before = get(tenant, id).orElse(null);
    if (before == null && settings.count(tenant, KIND) >= MAX_OF_A_TENANT) {
      throw new IllegalArgumentException(
          MAX_OF_A_TENANT + " webhooks are the most; delete one that is not used");
    }
    each(wish.audiences(), "audiences", Audience::of);
    each(wish.severities(), "severities", Severity::of);
    each(wish.rules(), "rules", rule -> {});
    boolean fresh = wish.secret() != null || before == null;
    String secret =
        wish.secret() != null
            ? Signing.checkedSecret(wish.secret())
            : before == null ? Signing.freshSecret() : before.secret();
    Webhook webhook =
        new Webhook(
            tenant,
            id,
            url(wish.url()),
            wish.enabled() == null || wish.enabled(),
            wish.audiences(),
            wish.severities(),
            wish.rules(),
            Boolean.TRUE.equals(wish.named()),
            Boolean.TRUE.equals(wish.personalData()),
            secret,
            before == null ? null : fresh ? before.secret() : before.formerSecret(),
            before == null ? null : fresh ? clock.instant().plus(GRACE) : before.formerUntil(),
            clock.instant(),
            by);
    settings.put(tenant, KIND, id, webhook);
    return new Written(webhook, fresh);
  }

  /** Gives it another secret; for a day the former one signs too. Empty when there is none. */
  public Optional<Webhook> rotate(String tenant, String id, String by) {
    Instant now = clock.instant();
    return get(tenant, id)
        .map(before -> before.withSecret(Signing.freshSecret(), now.plus(GRACE), now, by))
        .map(
            after -> {
              settings.put(tenant, KIND, id, after);
              return after;
            });
  }

  /** False when there is none. */
  public boolean delete(String tenant, String id) {
    return settings.delete(tenant, KIND, id);
  }

  /** The other side says that it is gone for good. */
  void disable(Webhook webhook) {
    settings.later(webhook.tenant(), KIND, webhook.id(), webhook.disabled(clock.instant(), "nabz"));
  }

  /**
   * Those that the alert goes to.
   *
   * @param named what its rule names in {@code then.webhook}, or null
   */
  List<Webhook> of(String tenant, Alert alert, String named) {
    return list(tenant).stream()
        .filter(Webhook::enabled)
        .filter(webhook -> webhook.id().equals(named) || webhook.wants(alert))
        .toList();
  }

  private URI url(String text) {
    String example = "url: send e.g. https://crm.example.com/nabz";
    if (text == null || text.length() > MAX_URL_CHARS) {
      throw new IllegalArgumentException(example);
    }
    URI url;
    try {
      url = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(example, e);
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    boolean known = scheme.equals("https") || (scheme.equals("http") && options.allowPrivate());
    if (!known || url.getHost() == null) {
      throw new IllegalArgumentException(example + "; https only");
    }
    if (url.getUserInfo() != null || url.getFragment() != null) {
      throw new IllegalArgumentException(
          "url: leave out user, password and fragment; what comes is known by its signature");
    }
    String refusal = Sender.refusal(url.getHost(), options);
    if (refusal != null) {
      throw new IllegalArgumentException("url: " + refusal);
    }
    return url;
  }

  private static void each(List<String> values, String field, Consumer<String> check) {
    if (values == null) {
      return;
    }
    if (values.size() > MAX_LISTED) {
      throw new IllegalArgumentException(field + ": send " + MAX_LISTED + " at most");
    }
    for (String value : values) {
      if (value == null || value.isBlank()) {
        throw new IllegalArgumentException(field + ": send a list of texts");
      }
      try {
        check.accept(value);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
      }
    }
  }
}
