package io.nabz.launcher.asterisk;

import static org.assertj.core.api.Assertions.assertThat;

import io.nabz.model.EventDecoder;
import io.nabz.model.Identifier;
import io.nabz.model.IdentifierType;
import io.nabz.model.Topic;
import io.nabz.testkit.TestBroker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command against a real broker. */
class QueueLogIT {
  @TempDir Path dir;

  @Test
  void aLogIsInTheTopicOnceHoweverOftenTheCommandRuns() throws Exception {
    Path log = dir.resolve("queue_log");
    Files.write(log, QueueLogEventsTest.lines());
    try (TestBroker broker = TestBroker.own()) {
      broker.createContractTopics(1);
      String[] args = {
        "queue-log",
        log.toString(),
        "--once",
        "--data-dir=" + dir,
        "--zone=UTC",
        "--bootstrap-servers=" + broker.bootstrapServers(),
        "--source=/pbx/test"
      };
      assertThat(new CommandLine(new AsteriskCommand()).execute(args)).isZero();
      assertThat(new CommandLine(new AsteriskCommand()).execute(args)).isZero();
      var records = broker.readAll(Topic.EVENTS.topicName());
      assertThat(records).hasSize(19);
      assertThat(records)
          .extracting(record -> EventDecoder.trusted(record.value()).id())
          .doesNotHaveDuplicates();
      assertThat(records)
          .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
          .contains("default/" + phoneOf("+989121234567"));
    }
  }

  private static String phoneOf(String phone) {
    return new Identifier(IdentifierType.PHONE, phone).provisionalCustomerId();
  }
}
