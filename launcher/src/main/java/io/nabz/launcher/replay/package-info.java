/**
 * Feeds recorded data sets to the running service.
 *
 * <p>A recording flows in one direction: {@link io.nabz.launcher.replay.Recording} gives lines, a
 * {@link io.nabz.launcher.replay.Translator} makes events of each, an {@link
 * io.nabz.launcher.replay.Ordering} brings them into event-time order, {@link
 * io.nabz.launcher.replay.Outlet} shifts and paces them, an {@link
 * io.nabz.launcher.replay.EventSink} takes them. What a data set looks like is said in {@code
 * resources/adapters/NAME.yaml}; {@code launcher/ADAPTERS.md} is the recipe for the next one.
 */
package io.nabz.launcher.replay;
