package io.nabz.api.intake;

import static io.nabz.api.Samples.TEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nabz.api.Samples;
import io.nabz.model.CustomerResolver;
import io.nabz.model.DeadLetterHeaders;
import io.nabz.model.EventDecoder;
import io.nabz.model.IdentifierNormaliser;
import io.nabz.model.Topic;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EventIntakeTest {
  private final List<Outgoing> kept = new ArrayList<>();
  private CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);
  private final EventIntake intake =
      new EventIntake(
          new CustomerResolver(new IdentifierNormaliser("IR")),
          records -> {
            kept.addAll(records);
            return answer;
          },
          Clock.fixed(TEN, ZoneOffset.UTC));

  @Test
  void theKeyIsTheCustomerOrTheAgentOrTheFeed() {
    accept(
        Samples.event("1", "C-1"),
        Samples.event("2", "C-1")
            .replace("\"subject\":\"C-1\",", "")
            .replace("\"channel\"", "\"identifiers\":{\"phone\":\"021-12345678\"},\"channel\""),
        Samples.event("3", "C-1")
            .replace("contact.initiated", "agent.state_changed")
            .replace("\"channel\"", "\"agentId\":\"a-1\",\"channel\""),
        Samples.event("4", "C-1").replace("contact.initiated", "source.heartbeat"));
    assertThat(kept).extracting(Outgoing::topic).containsOnly(Topic.EVENTS);
    assertThat(kept.get(0).key()).isEqualTo("default/C-1");
    assertThat(kept.get(1).key()).startsWith("default/~");
    assertThat(kept.get(2).key()).isEqualTo("default/a-1");
    assertThat(kept.get(3).key()).isEqualTo("default//pbx/test");
  }

  @Test
  void nothingIsAcceptedBeforeTheLogHasIt() {
    answer = new CompletableFuture<>();
    CompletableFuture<IntakeResult> result = accept(Samples.event("1", "C-1"));
    assertThat(result).isNotDone();
    answer.complete(null);
    assertThat(result).isCompletedWithValue(new IntakeResult(1, 0, List.of()));
  }

  @Test
  void aLogThatFailsFailsTheWholeRequest() {
    answer =
        CompletableFuture.failedFuture(
            new EventLog.UnavailableException(new IllegalStateException("away")));
    assertThatThrownBy(() -> accept(Samples.event("1", "C-1"), "{}").join())
        .hasCauseInstanceOf(EventLog.UnavailableException.class);
  }

  @Test
  void whatIsRefusedIsLaidAsideWithItsBytesAndReason() {
    IntakeResult result = accept("{}", Samples.event("1", "C-1"), "no").join();
    assertThat(result.accepted()).isEqualTo(1);
    assertThat(result.errors()).extracting(IntakeResult.Error::index).containsExactly(0, 2);
    Outgoing dead = kept.get(2);
    assertThat(dead.topic()).isEqualTo(Topic.DEAD_LETTERS);
    assertThat(new String(dead.value(), UTF_8)).isEqualTo("no");
    assertThat(dead.headers()).containsEntry(DeadLetterHeaders.REASON, "not-json");
  }

  @Test
  void aHugeEventIsRefusedAndOnlyItsBeginningLaidAside() {
    IntakeResult result =
        accept(Samples.event("1", "C-1").replace("voice", "v".repeat(400_000))).join();
    assertThat(result.errors().get(0).reason()).isEqualTo("too-large");
    assertThat(kept.get(0).value()).hasSize(EventDecoder.MAX_EVENT_BYTES);
  }

  @Test
  void aNumberThatWouldBeEndlessToWriteIsRefused() {
    IntakeResult result =
        accept(Samples.event("1", "C-1").replace("1234567890123456789.125", "1e999999999")).join();
    assertThat(result.errors().get(0).reason()).isEqualTo("bad-data");
  }

  private CompletableFuture<IntakeResult> accept(String... events) {
    List<byte[]> bytes = new ArrayList<>();
    for (String event : events) {
      bytes.add(event.getBytes(UTF_8));
    }
    return intake.accept("default", bytes);
  }
}
