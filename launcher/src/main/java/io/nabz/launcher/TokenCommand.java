package io.nabz.launcher;

import io.nabz.api.auth.EmbeddedIssuer;
import io.nabz.api.auth.Role;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./nabz token --role R}: a bearer token of the embedded issuer, on standard output. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Prints a bearer token for the API of the service on a data folder.")
final class TokenCommand implements Callable<Integer> {
  private static final Pattern LIFE = Pattern.compile("(\\d{1,6})([smhd])");

  @Spec private CommandSpec spec;

  @Option(
      names = "--role",
      paramLabel = "R",
      required = true,
      description = "agent, supervisor, marketer, admin or ingest; may be given several times.")
  private List<String> roles;

  @Option(
      names = "--sub",
      paramLabel = "NAME",
      description = "Whose token it is, e.g. an agent id (default: ${DEFAULT-VALUE}).")
  private String subject = "local";

  @Mixin private TenantOption tenant;

  @Option(
      names = "--ttl",
      paramLabel = "12h",
      description = "How long it is good: 30s, 15m, 12h or 7d (default: ${DEFAULT-VALUE}).")
  private String life = "12h";

  @Mixin private DataDirOption dataDir;

  @Override
  public Integer call() {
    Set<Role> wanted = roles();
    Duration ttl = life();
    try {
      System.out.println(
          EmbeddedIssuer.open(dataDir.auth()).token(subject, wanted, tenant.of(spec), ttl));
      return 0;
    } catch (UncheckedIOException e) {
      throw new LaunchException(e.getMessage(), e);
    }
  }

  private Set<Role> roles() {
    EnumSet<Role> wanted = EnumSet.noneOf(Role.class);
    for (String role : roles) {
      try {
        wanted.add(Role.of(role));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), "--role: " + e.getMessage(), e);
      }
    }
    return wanted;
  }

  private Duration life() {
    Matcher parts = LIFE.matcher(life);
    if (!parts.matches() || Long.parseLong(parts.group(1)) == 0) {
      throw new ParameterException(
          spec.commandLine(), "--ttl must be like 30s, 15m, 12h or 7d, but is " + life);
    }
    long count = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
