package io.nabz.job;

import static java.util.Objects.requireNonNull;

import io.nabz.identity.Attribution;
import io.nabz.identity.IdentityRecord;
import io.nabz.identity.Outlet;
import io.nabz.intake.IntakeRecord;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** Sends what the nodes of identity decide to the outputs of an operator. */
final class IdentityOutlet implements Outlet {
  static final OutputTag<IdentityRecord> WEAK = tag("identity-weak");
  static final OutputTag<IdentityRecord> STRONG = tag("identity-strong");
  static final OutputTag<IdentityRecord> LINKS = tag("identity-links");
  static final OutputTag<IdentityRecord> MERGES = tag("identity-merges");

  private final Consumer<IntakeRecord> customers;
  private final BiConsumer<OutputTag<IdentityRecord>, IdentityRecord> nodes;

  IdentityOutlet(
      Consumer<IntakeRecord> customers,
      BiConsumer<OutputTag<IdentityRecord>, IdentityRecord> nodes) {
    this.customers = requireNonNull(customers, "customers is null");
    this.nodes = requireNonNull(nodes, "nodes is null");
  }

  private static OutputTag<IdentityRecord> tag(String name) {
    return new OutputTag<>(name, TypeInformation.of(IdentityRecord.class));
  }

  @Override
  public void weak(IdentityRecord record) {
    nodes.accept(WEAK, record);
  }

  @Override
  public void strong(IdentityRecord record) {
    nodes.accept(STRONG, record);
  }

  @Override
  public void links(IdentityRecord record) {
    nodes.accept(LINKS, record);
  }

  @Override
  public void merges(IdentityRecord record) {
    nodes.accept(MERGES, record);
  }

  @Override
  public void customer(Attribution attribution) {
    IntakeRecord record = new IntakeRecord();
    record.customerKey = attribution.customer;
    record.eventTimeMs = attribution.timeMs;
    record.attribution = attribution;
    customers.accept(record);
  }
}
