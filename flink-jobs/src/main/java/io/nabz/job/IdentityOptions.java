package io.nabz.job;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.nabz.identity.IdentityPolicy;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** The options of identity; see {@link JobOptions}. */
final class IdentityOptions {
  static final ConfigOption<Integer> KEEP_EVENTS =
      key("identity-keep-events")
          .intType()
          .defaultValue(IdentityPolicy.DEFAULT.keepEvents())
          .withDescription(
              "How many events an identifier keeps, to give them to the customer that it turns"
                  + " out to be, or to take them back.");

  static final ConfigOption<Duration> KEEP_FOR =
      key("identity-keep-for")
          .durationType()
          .defaultValue(IdentityPolicy.DEFAULT.keepFor())
          .withDescription("How long such events are kept, by their own times.");

  static final ConfigOption<Integer> MERGE_KEEP_EVENTS =
      key("merge-keep-events")
          .intType()
          .defaultValue(IdentityPolicy.DEFAULT.mergeKeepEvents())
          .withDescription(
              "How many events that name their customer are kept, to move with it when it is"
                  + " merged or split off; at most 256. With 0 each event is saved a shuffle and a"
                  + " write, and a merge moves only what comes by identifiers.");

  static final ConfigOption<Duration> CONFIRM_EVERY =
      key("identity-confirm-every")
          .durationType()
          .defaultValue(IdentityPolicy.DEFAULT.confirmEvery())
          .withDescription(
              "Time within which a customer's repeated use of the same identifier is no news.");

  static final List<ConfigOption<?>> ALL =
      List.of(KEEP_EVENTS, KEEP_FOR, MERGE_KEEP_EVENTS, CONFIRM_EVERY);

  private IdentityOptions() {}

  static IdentityPolicy policy(Configuration config, Duration forgottenAfter) {
    return new IdentityPolicy(
        config.get(KEEP_EVENTS),
        config.get(KEEP_FOR),
        config.get(MERGE_KEEP_EVENTS),
        config.get(CONFIRM_EVERY),
        forgottenAfter);
  }
}
