package io.nabz.launcher.asterisk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nabz.launcher.replay.EventSink;
import io.nabz.model.IdentifierNormaliser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files, as Asterisk and logrotate treat them. */
class QueueLogFollowerTest {
  private static final IdentifierNormaliser IRAN = new IdentifierNormaliser("IR");

  @TempDir Path dir;
  private final Heard heard = new Heard();
  private Path log;
  private QueueLogFollower follower;

  @BeforeEach
  void open() {
    log = dir.resolve("queue_log");
    follower = follow();
  }

  @AfterEach
  void close() throws IOException {
    follower.close();
  }

  @Test
  void aLogIsFollowedFromBeforeItsFirstLineOn() throws IOException {
    assertThat(follower.catchUp()).isZero();
    write(enter("c-1"));
    assertThat(follower.catchUp()).isEqualTo(1);
    write(enter("c-2") + enter("c-3"));
    assertThat(follower.catchUp()).isEqualTo(2);
    assertThat(follower.catchUp()).isZero();
    assertThat(heard.begun()).containsExactly("c-1", "c-2", "c-3");
  }

  @Test
  void halfALineWaitsForTheOtherHalf() throws IOException {
    String line = enter("c-1");
    write(line.substring(0, 20));
    assertThat(follower.catchUp()).isZero();
    write(line.substring(20));
    follower.catchUp();
    assertThat(heard.begun()).containsExactly("c-1");
  }

  @Test
  void aRenamedLogIsReadToItsEndBeforeTheNewOne() throws IOException {
    write(enter("c-1"));
    follower.catchUp();
    write(enter("c-2"));
    Path old = Files.move(log, dir.resolve("queue_log.1"));
    Files.writeString(old, enter("c-3").strip(), UTF_8, StandardOpenOption.APPEND);
    write(enter("c-4"));
    follower.catchUp();
    assertThat(heard.begun()).containsExactly("c-1", "c-2", "c-3", "c-4");
  }

  @Test
  void betweenRenamingAndTheFirstLineThereIsNoLog() throws IOException {
    write(enter("c-1"));
    follower.catchUp();
    Path old = Files.move(log, dir.resolve("queue_log.1"));
    Files.writeString(old, enter("c-2"), UTF_8, StandardOpenOption.APPEND);
    follower.catchUp();
    write(enter("c-3"));
    follower.catchUp();
    assertThat(heard.begun()).containsExactly("c-1", "c-2", "c-3");
  }

  @Test
  void aLogThatIsEmptiedInPlaceIsReadFromItsBeginning() throws IOException {
    write(enter("c-1") + enter("c-2"));
    follower.catchUp();
    Files.write(log, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
    follower.catchUp();
    write(enter("c-3"));
    follower.catchUp();
    assertThat(heard.begun()).containsExactly("c-1", "c-2", "c-3");
  }

  @Test
  void anEmptiedLogThatHasGrownPastItsOldLengthIsKnownByItsBeginning() throws IOException {
    write(enter("c-1"));
    follower.catchUp();
    Files.writeString(
        log,
        enter("c-2") + enter("c-3") + enter("c-4"),
        UTF_8,
        StandardOpenOption.TRUNCATE_EXISTING);
    follower.catchUp();
    assertThat(heard.begun()).containsExactly("c-1", "c-2", "c-3", "c-4");
  }

  @Test
  void aRestartGoesOnWhereItWasAndKnowsTheCallsThatWereGoingOn() throws IOException {
    write(enter("c-1"));
    follower.catchUp();
    restart();
    write("1366720350|c-1|q|Agent/3001|CONNECT|10|b|3\n");
    assertThat(follower.catchUp()).isEqualTo(1);
    assertThat(heard.types())
        .containsExactly(
            "contact.initiated", "contact.queued", "contact.connected", "agent.state_changed");
    assertThat(heard.events().get(2).text("contactId")).isEqualTo("c-1");
  }

  @Test
  void whatWasRotatedTwiceWhileNobodyLookedIsReadInOrder() throws IOException {
    write(enter("c-1"));
    follower.catchUp();
    follower.close();
    write(enter("c-2"));
    rotate("queue_log.2", 1_000);
    write(enter("c-3"));
    rotate("queue_log.1", 2_000);
    write(enter("c-4"));
    follower = follow();
    follower.catchUp();
    assertThat(heard.begun()).containsExactly("c-1", "c-2", "c-3", "c-4");
  }

  @Test
  void whatTheBrokerDidNotTakeIsReadAgainAndHasTheSameIds() throws IOException {
    write(enter("c-1"));
    heard.goAway(true);
    assertThatThrownBy(() -> follower.catchUp()).isInstanceOf(EventSink.SinkFailed.class);
    heard.goAway(false);
    restart();
    follower.catchUp();
    assertThat(heard.begun()).containsExactly("c-1", "c-1");
    assertThat(heard.events().get(0)).isEqualTo(heard.events().get(2));
  }

  @Test
  void aLineWithoutEndIsPassedOver() throws IOException {
    write("x".repeat(200_000) + "\n" + enter("c-1"));
    while (follower.catchUp() > 0) {
      assertThat(follower.lines()).isLessThan(10);
    }
    assertThat(heard.begun()).containsExactly("c-1");
  }

  private void restart() throws IOException {
    follower.close();
    follower = follow();
  }

  private QueueLogFollower follow() {
    return new QueueLogFollower(
        dir.resolve("queue_log"),
        dir.resolve("position.json"),
        known -> new QueueLogEvents(IRAN, "default", "/pbx/test", known),
        ZoneOffset.UTC,
        heard);
  }

  private void rotate(String name, long millis) throws IOException {
    Path old = Files.move(log, dir.resolve(name));
    Files.setLastModifiedTime(old, FileTime.from(Instant.ofEpochMilli(millis)));
  }

  private void write(String text) throws IOException {
    Files.writeString(log, text, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String enter(String call) {
    return "1366720340|" + call + "|q|NONE|ENTERQUEUE||09121234567|1\n";
  }
}
