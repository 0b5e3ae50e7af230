package io.nabz.customer;

import static java.util.Objects.requireNonNull;

import io.nabz.customer.state.CaseRecord;
import io.nabz.customer.state.ConsentRecord;
import io.nabz.customer.state.CustomerState;
import io.nabz.customer.state.FlagRecord;
import io.nabz.customer.state.ToldRecord;
import io.nabz.model.Alert;
import io.nabz.model.Alert.Suppression;
import io.nabz.model.AlertState;
import io.nabz.model.Audience;
import io.nabz.model.FlagCode;
import io.nabz.model.SuppressionReason;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which alerts for marketing go out. It goes by the customer's own time and by what is
 * known of the customer at that moment, so a replay decides the same. Of the hold-out only those
 * are counted who would have been told, and they use up the cap as the others do, so that the two
 * groups can be compared.
 */
public final class Arbiter {
  private static final String MARKETING = "marketing";
  private static final String PROFILING = "profiling";
  private static final String HELD_OUT = "holdout";

  /** Attribute of the profile: an IANA name such as {@code Europe/Berlin}. */
  private static final String TIME_ZONE = "timeZone";

  private final ArbiterPolicy policy;

  public Arbiter(ArbiterPolicy policy) {
    this.policy = requireNonNull(policy, "policy is null");
  }

  /**
   * The alert as it goes out: as it is, or suppressed with the reason. What was let through stays
   * so when it is told again; one that is taken back no longer counts.
   */
  public Alert judge(CustomerState state, Alert alert) {
    if (alert.audience() != Audience.MARKETING) {
      return alert;
    }
    if (alert.state() == AlertState.RETRACTED && state.told != null) {
      state.told.removeIf(told -> told.alertId.equals(alert.alertId()));
    }
    if (alert.state() != AlertState.OPEN) {
      return alert;
    }
    if (!isTold(state, alert)) {
      long atMs = state.nowMs;
      Instant eventAt = alert.times().eventAt();
      atMs = eventAt == null ? atMs : Math.max(atMs, eventAt.toEpochMilli());
      Suppression refusal = refusal(state, atMs);
      if (refusal != null) {
        return alert.suppressed(refusal);
      }
      state.told.add(new ToldRecord(alert.alertId(), atMs));
    }
    boolean heldOut = alert.offer() != null && HELD_OUT.equals(alert.offer().group());
    return heldOut
        ? alert.suppressed(new Suppression(SuppressionReason.HOLDOUT, alert.offer().id(), null))
        : alert;
  }

  private static boolean isTold(CustomerState state, Alert alert) {
    if (state.told != null) {
      for (ToldRecord told : state.told) {
        if (told.alertId.equals(alert.alertId())) {
          return true;
        }
      }
    }
    return false;
  }

  /** The first reason that holds, or null. */
  private Suppression refusal(CustomerState state, long atMs) {
    Suppression refusal = consent(state);
    refusal = refusal == null ? unresolved(state) : refusal;
    refusal = refusal == null ? complaint(state) : refusal;
    refusal = refusal == null ? quietHours(state, atMs) : refusal;
    return refusal == null ? cap(state, atMs) : refusal;
  }

  private Suppression consent(CustomerState state) {
    if (isRefused(state, MARKETING) || (policy.consentNeeded() && !isGranted(state, MARKETING))) {
      return new Suppression(SuppressionReason.NO_CONSENT, MARKETING, null);
    }
    return isRefused(state, PROFILING)
        ? new Suppression(SuppressionReason.NO_CONSENT, PROFILING, null)
        : null;
  }

  /** Refused on all channels, with no channel granted since. */
  private static boolean isRefused(CustomerState state, String purpose) {
    ConsentRecord all = onAllChannels(state, purpose);
    return all != null && !all.granted && !isGranted(state, purpose);
  }

  private static boolean isGranted(CustomerState state, String purpose) {
    if (state.consents == null) {
      return false;
    }
    ConsentRecord all = onAllChannels(state, purpose);
    for (ConsentRecord consent : state.consents) {
      boolean overruled = all != null && !all.granted && consent.atMs <= all.atMs;
      if (consent.granted && !overruled && Marketing.purpose(consent).equals(purpose)) {
        return true;
      }
    }
    return false;
  }

  private static ConsentRecord onAllChannels(CustomerState state, String purpose) {
    if (state.consents != null) {
      for (ConsentRecord consent : state.consents) {
        if (Marketing.channel(consent) == null && Marketing.purpose(consent).equals(purpose)) {
          return consent;
        }
      }
    }
    return null;
  }

  private static Suppression unresolved(CustomerState state) {
    if (state.cases != null) {
      for (CaseRecord known : state.cases) {
        if (Cases.isOpen(known)) {
          return new Suppression(SuppressionReason.UNRESOLVED_CASE, known.id, null);
        }
      }
    }
    return null;
  }

  private Suppression complaint(CustomerState state) {
    for (FlagCode code : policy.complaints()) {
      FlagRecord flag = state.flag(code.name());
      if (flag != null) {
        Instant until =
            flag.untilMs == CustomerState.NEVER ? null : Instant.ofEpochMilli(flag.untilMs);
        return new Suppression(SuppressionReason.OPEN_COMPLAINT, code.name(), until);
      }
    }
    return null;
  }

  private Suppression quietHours(CustomerState state, long atMs) {
    if (policy.quietHours() == null) {
      return null;
    }
    ZonedDateTime now = Instant.ofEpochMilli(atMs).atZone(zone(state));
    if (!policy.quietHours().hold(now.toLocalTime())) {
      return null;
    }
    LocalDate today = now.toLocalDate();
    boolean tomorrow = !now.toLocalTime().isBefore(policy.quietHours().to());
    ZonedDateTime end =
        (tomorrow ? today.plusDays(1) : today)
            .atTime(policy.quietHours().to())
            .atZone(now.getZone());
    return new Suppression(SuppressionReason.QUIET_HOURS, now.getZone().getId(), end.toInstant());
  }

  private ZoneId zone(CustomerState state) {
    String named = state.profile.attributes.get(TIME_ZONE);
    if (named == null) {
      return policy.zone();
    }
    try {
      return ZoneId.of(named);
    } catch (DateTimeException e) {
      return policy.zone();
    }
  }

  private Suppression cap(CustomerState state, long atMs) {
    long windowMs = policy.capWindow().toMillis();
    state.told = state.told == null ? new ArrayList<>(1) : state.told;
    List<ToldRecord> told = state.told;
    told.removeIf(one -> atMs - one.atMs >= windowMs);
    if (told.size() < policy.cap()) {
      return null;
    }
    long firstMs = told.get(told.size() - policy.cap()).atMs;
    return new Suppression(
        SuppressionReason.FREQUENCY_CAP,
        policy.cap() + " in " + policy.capWindow(),
        Instant.ofEpochMilli(firstMs + windowMs));
  }
}
