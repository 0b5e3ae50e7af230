package io.nabz.customer.state.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nabz.customer.state.CartBase;
import io.nabz.customer.state.ContactRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.JourneyStep;
import io.nabz.customer.state.SourceClock;
import io.nabz.customer.state.TimeCounter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CustomerStateCodecTest {
  private static final long SEED = Long.getLong("nabz.seed", 20_261_123);

  private static final String GOLDEN =
      "01900105033f2504e04f8911d39a0c0305e82c33010c612d310c652d3121d8b3d984d8a7d985102f"
          + "70627808808885b2c068100620012a0f0a0a010788776655443322111002003a1b0108bfa9071002"
          + "183b30d00f6a040200d10f800104b801a8c30100420c013b0a0702bfa907c0a907005a1301080010"
          + "06181531555555555555d5bf3808006207010a0800105200ab0100";

  private final CustomerStateCodec codec = new CustomerStateCodec();

  @Test
  void aNewCustomerTakesFourBytes() {
    // Format, length, no words, no fields.
    assertThat(codec.toBytes(new CustomerState())).containsExactly(1, 2, 0, 0);
  }

  @Test
  void whateverACustomerHoldsComesBack() throws Exception {
    States states = new States(SEED);
    for (int i = 0; i < 2_000; i++) {
      assertComesBack(states.random(), "seed " + SEED + ", state " + i);
    }
  }

  /** Fails when a public field of a state class is written or read by no line of the codec. */
  @Test
  void everyFieldOfEveryClassComesBackByItself() throws Exception {
    States states = new States(SEED);
    CustomerState whole = states.full();
    assertComesBack(whole, "one of each");
    changeEachFieldOf(whole, whole);

    assertThat(states.classes).as("classes of the state").contains(CartBase.class).hasSize(32);
  }

  private void changeEachFieldOf(Object record, CustomerState whole) throws Exception {
    for (Field field : States.fields(record.getClass())) {
      Object before = field.get(record);
      for (Object value : States.values(field.getGenericType())) {
        field.set(record, value);
        assertComesBack(whole, field + " = " + value);
      }
      field.set(record, before);
      Object inside =
          before instanceof List<?> list && !list.isEmpty()
              ? list.get(0)
              : before instanceof Map<?, ?> map && !map.isEmpty()
                  ? map.values().iterator().next()
                  : before;
      if (inside != null && States.isRecord(inside.getClass())) {
        changeEachFieldOf(inside, whole);
      }
    }
  }

  @Test
  void aCopyIsAnotherObjectWithTheSameContent() throws Exception {
    CustomerState state = customer();
    CustomerState copy = codec.copy(state);

    assertThat(States.content(copy)).isEqualTo(States.content(state));
    copy.contacts.get(0).agentId = "a-2";
    copy.seen.hashes[0] = 7;
    assertThat(state.contacts.get(0).agentId).isEqualTo("a-1");
    assertThat(state.seen.hashes[0]).isEqualTo(0x1122334455667788L);
  }

  @Test
  void recordsFollowEachOtherInOneStream() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    codec.write(customer(), out);
    codec.write(new CustomerState(), out);
    codec.write(customer(), out);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    codec.pass(in, new DataOutputStream(passed));

    assertThat(passed.toByteArray()).isEqualTo(codec.toBytes(customer()));
    assertThat(codec.read(in).contacts).isEmpty();
    assertThat(States.content(codec.read(in))).isEqualTo(States.content(customer()));
    assertThat(in.available()).isZero();
  }

  /**
   * The bytes of version 1 as they are in savepoints. If this fails, running jobs cannot read their
   * state: take the change back, or give it another format version and read this one too.
   */
  @Test
  void theFormatStaysAsItIs() throws Exception {
    byte[] golden = HexFormat.of().parseHex(GOLDEN);

    assertThat(HexFormat.of().formatHex(codec.toBytes(customer()))).isEqualTo(GOLDEN);
    assertThat(States.content(codec.fromBytes(golden))).isEqualTo(States.content(customer()));
  }

  private static CustomerState customer() {
    CustomerState state = new CustomerState();
    state.nowMs = States.NOON;
    state.appliedEvents = 3;
    state.lastEventAtMs = States.NOON - 1;
    state.seen.add(0x1122334455667788L);
    ContactRecord contact = new ContactRecord();
    contact.baseMs = States.NOON - 60_000;
    contact.contactId = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
    contact.channel = "voice";
    contact.agentId = "a-1";
    contact.initiatedAtMs = States.NOON - 59_000;
    contact.saidAt = new int[] {Integer.MIN_VALUE, 1_000};
    contact.waitSeconds = 12.5;
    state.contacts.add(contact);
    TimeCounter starts = new TimeCounter();
    starts.add(States.NOON - 60_000);
    starts.add(States.NOON);
    state.contactStarts.put("voice", starts);
    JourneyStep step = new JourneyStep();
    step.eventId = "e-1";
    step.type = "message.received";
    step.timeMs = States.NOON;
    step.text = "سلام";
    step.sentiment = -1 / 3.0;
    state.journey.add(step);
    SourceClock clock = new SourceClock();
    clock.lastEventAtMs = States.NOON;
    clock.lagMs = 41;
    state.sources.put("/pbx", clock);
    state.purchases = null;
    return state;
  }

  @Test
  void fieldsOfANewerVersionAreSkipped() throws Exception {
    CustomerState state = customer();
    FieldWriter out = new FieldWriter();
    out.begin();
    CustomerFields.write(out, state);
    out.text(900, "a word that only the new field has");
    out.number(901, -5);
    out.real(902, Math.PI, 0);
    out.ownRecord(903, null, CounterFields::writeSeen);
    out.times(904, new long[] {1, 2});
    out.list(
        7,
        state.contacts,
        (fields, contact) -> {
          ContactFields.write(fields, contact);
          fields.text(900, "another word");
          fields.record(901, new TimeCounter(), CounterFields::writeTimes);
          fields.bytes(902, new byte[200]);
        });
    out.end();

    assertThat(States.content(codec.fromBytes(record(out)))).isEqualTo(States.content(state));
  }

  private static byte[] record(FieldWriter out) {
    Bytes rest = new Bytes(16);
    rest.varint(out.words().count());
    rest.put(out.words().bytes().data, out.words().bytes().size);
    rest.put(out.body().data, out.body().size);
    Bytes whole = new Bytes(16);
    whole.varint(1);
    whole.varint(rest.size);
    whole.put(rest.data, rest.size);
    return Arrays.copyOf(whole.data, whole.size);
  }

  @Test
  void aRecordThatEndsTooEarlySaysSo() {
    byte[] whole = codec.toBytes(customer());
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatExceptionOfType(StateFormatException.class)
          .as("%s of %s bytes", length, whole.length)
          .isThrownBy(() -> codec.fromBytes(part))
          .withMessageContaining("it ends too early")
          .withMessageContaining("Restore from an earlier checkpoint or savepoint");
    }
  }

  @Test
  void whatIsNoCustomerIsRefusedWithAReason() {
    assertThatExceptionOfType(StateFormatException.class)
        .isThrownBy(() -> codec.fromBytes("{\"customerId\": \"C-1\"}".getBytes(UTF_8)))
        .withMessageContaining("its format is 123, but only format 1 is known");
    assertThatExceptionOfType(StateFormatException.class)
        .isThrownBy(() -> codec.fromBytes(new byte[] {1, 2, 0, 0, 0}))
        .withMessageContaining("1 bytes follow it");
    assertThatExceptionOfType(StateFormatException.class)
        .isThrownBy(() -> codec.fromBytes(new byte[] {1, 3, 0, 0, 0}))
        .withMessageContaining("1 bytes are left over");
    assertThatExceptionOfType(StateFormatException.class)
        .isThrownBy(() -> codec.fromBytes(new byte[] {1, -1, -1, -1, -1, 7}))
        .withMessageContaining("its length cannot be");
    // Field 42 (redirectTo) asks for word 299 of the dictionary.
    assertThatExceptionOfType(StateFormatException.class)
        .isThrownBy(() -> codec.fromBytes(new byte[] {1, 6, 0, -48, 2, -41, 4, 0}))
        .withMessageContaining("a newer dictionary");
  }

  /** Either another customer or a clear error, never anything else. */
  @Test
  void damagedBytesDoNoMoreThanTheyMust() throws IOException {
    byte[] whole = codec.toBytes(customer());
    Random random = new Random(SEED);
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] damaged = whole.clone();
      for (int bytes = 1 + random.nextInt(3); bytes > 0; bytes--) {
        damaged[2 + random.nextInt(whole.length - 2)] = (byte) random.nextInt();
      }
      try {
        codec.fromBytes(damaged);
      } catch (StateFormatException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(10_000);
    assertThat(codec.fromBytes(whole).appliedEvents).as("the same codec goes on").isEqualTo(3);
  }

  private void assertComesBack(CustomerState state, String what) throws Exception {
    byte[] bytes = codec.toBytes(state);
    CustomerState back = codec.fromBytes(bytes);
    Object expected = States.content(state);
    Object actual = States.content(back);
    if (!expected.equals(actual)) {
      assertThat(actual).as(what).isEqualTo(expected);
    }
    assertThat(codec.copy(back).appliedEvents).as(what).isEqualTo(state.appliedEvents);
  }
}
