package io.nabz.launcher;

import io.nabz.api.auth.KeyFile;
import io.nabz.api.auth.Scope;
import io.nabz.api.auth.SourceKey;
import io.nabz.launcher.replay.Durations;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./nabz key}: makes, rotates, lists and revokes the keys that feeds send events with. */
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = "Keys of sources: what a page, a shop or a telephone system sends events with.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      KeyCommand.Create.class,
      KeyCommand.Rotate.class,
      KeyCommand.Revoke.class,
      KeyCommand.ListAll.class
    })
final class KeyCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say create, rotate, revoke or list");
  }

  private static KeyFile file(DataDirOption dataDir) {
    return new KeyFile(dataDir.auth().resolve("keys.json"), Clock.systemUTC());
  }

  /** Makes a key; it is told once. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Makes a key and prints it; it is told this once.")
  static final class Create implements Runnable {
    @Spec private CommandSpec spec;

    @Mixin private DataDirOption dataDir;

    @Option(
        names = "--source",
        paramLabel = "NAME",
        required = true,
        description = "The feed, e.g. web or shop; stands in its events' source.")
    private String source;

    @Option(
        names = "--scope",
        paramLabel = "S",
        required = true,
        description = "events, segment or sources; may be given several times.")
    private List<String> scopes;

    @Mixin private TenantOption tenant;

    @Option(
        names = "--rate",
        paramLabel = "N",
        description = "Events a second it may send (default: the service's own limit).")
    private Integer rate;

    @Option(
        names = "--ttl",
        paramLabel = "90d",
        description = "How long it is good (default: until it is revoked).")
    private String life;

    @Override
    public void run() {
      try {
        Duration ttl = life == null ? null : Durations.parse(life);
        Set<Scope> wanted = EnumSet.noneOf(Scope.class);
        scopes.forEach(scope -> wanted.add(Scope.of(scope)));
        System.out.println(
            explained(() -> file(dataDir).create(tenant.of(spec), source, wanted, ttl, rate))
                .text());
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
    }
  }

  /** Makes a successor. */
  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = "Prints a new key in place of one, which stays good for the grace.")
  static final class Rotate implements Runnable {
    @Spec private CommandSpec spec;

    @Mixin private DataDirOption dataDir;

    @Parameters(paramLabel = "ID", description = "What stands between the key's underscores.")
    private String id;

    @Option(
        names = "--grace",
        paramLabel = "24h",
        description = "How long the old key is still good (default: ${DEFAULT-VALUE}).")
    private String grace = "24h";

    @Override
    public void run() {
      Duration until;
      try {
        until = Durations.parse(grace);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), "--grace: " + e.getMessage(), e);
      }
      System.out.println(explained(() -> rotated(until)).text());
    }

    private KeyFile.Fresh rotated(Duration until) {
      try {
        return file(dataDir).rotate(id, until);
      } catch (KeyFile.UnknownKeyException e) {
        throw new LaunchException(e.getMessage(), e);
      }
    }
  }

  /** Ends a key. */
  @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Ends a key at once.")
  static final class Revoke implements Runnable {
    @Mixin private DataDirOption dataDir;

    @Parameters(paramLabel = "ID", description = "What stands between the key's underscores.")
    private String id;

    @Override
    public void run() {
      explained(
          () -> {
            try {
              file(dataDir).revoke(id);
              return id;
            } catch (KeyFile.UnknownKeyException e) {
              throw new LaunchException(e.getMessage(), e);
            }
          });
    }
  }

  /** Tells what keys there are. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the keys: id, source, tenant, scopes, made, ends.")
  static final class ListAll implements Runnable {
    @Mixin private DataDirOption dataDir;

    @Override
    public void run() {
      for (SourceKey key : explained(() -> file(dataDir).list())) {
        System.out.println(
            String.join(
                "\t",
                key.id(),
                key.source(),
                key.tenant(),
                String.join(",", key.scopes().stream().sorted().toList()),
                key.createdAt().toString(),
                key.expiresAt() == null ? "-" : key.expiresAt().toString()));
      }
    }
  }

  private static <T> T explained(Supplier<T> action) {
    try {
      return action.get();
    } catch (UncheckedIOException e) {
      throw new LaunchException(e.getMessage(), e);
    }
  }
}
