package io.nabz.customer;

import io.nabz.customer.state.ContactRecord;
import io.nabz.customer.state.EvidenceRecord;
import io.nabz.model.Channel;
import io.nabz.model.EventTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code CHANNEL_HOPPING}: one matter brought to many channels within a day. The matter is the
 * topic of inbound contacts; a contact that names none may belong to any. The menu of a call is the
 * call.
 */
final class ChannelHopping {
  private ChannelHopping() {}

  static Review.Condition hopping(Review review, FlagPolicy policy) {
    List<ContactRecord> contacts = review.state().contacts;
    if (contacts.size() < policy.hoppingChannels() || !hasChannels(review, policy)) {
      return null;
    }
    Review.Condition found = null;
    List<String> looked = new ArrayList<>(2);
    boolean named = false;
    for (ContactRecord contact : contacts) {
      if (contact.topic != null && !looked.contains(contact.topic)) {
        looked.add(contact.topic);
        named = true;
        found = Review.both(found, hopping(review, contact.topic, policy));
      }
    }
    return named ? found : hopping(review, null, policy);
  }

  /** Whether there are enough channels at all, which for most customers there are not. */
  private static boolean hasChannels(Review review, FlagPolicy policy) {
    List<String> channels = new ArrayList<>(policy.hoppingChannels());
    for (ContactRecord contact : review.state().contacts) {
      if (Contacts.channel(contact) != null
          && contact.countedAtMs + CountWindow.DAY.millis() >= review.nowMs()
          && !channels.contains(channel(contact))) {
        channels.add(channel(contact));
        if (channels.size() == policy.hoppingChannels()) {
          return true;
        }
      }
    }
    return false;
  }

  /** The newest contact on each channel; the channel that has rested longest decides the end. */
  private static Review.Condition hopping(Review review, String topic, FlagPolicy policy) {
    long day = CountWindow.DAY.millis();
    Map<String, ContactRecord> newest = new HashMap<>(8);
    for (ContactRecord contact : review.state().contacts) {
      boolean sameMatter = contact.topic == null || contact.topic.equals(topic);
      if (sameMatter
          && contact.countedAtMs != 0
          && Contacts.channel(contact) != null
          && contact.countedAtMs + day >= review.nowMs()) {
        newest.merge(channel(contact), contact, (a, b) -> a.countedAtMs >= b.countedAtMs ? a : b);
      }
    }
    if (newest.size() < policy.hoppingChannels()) {
      return null;
    }
    List<ContactRecord> byTime = new ArrayList<>(newest.values());
    byTime.sort(Contacts.NEWEST_FIRST);
    List<ContactRecord> enough = byTime.subList(0, policy.hoppingChannels());
    List<EvidenceRecord> evidence = new ArrayList<>();
    for (ContactRecord contact : enough) {
      evidence.add(
          0,
          new EvidenceRecord(
              "contact", contact.startEventId, EventTypes.CONTACT_INITIATED, contact.countedAtMs));
    }
    long until = enough.get(enough.size() - 1).countedAtMs + day + 1;
    return review.between(enough.get(0).countedAtMs, until, evidence);
  }

  private static String channel(ContactRecord contact) {
    String channel = Contacts.channel(contact);
    return channel.equals(Channel.IVR.code()) ? Channel.VOICE.code() : channel;
  }
}
