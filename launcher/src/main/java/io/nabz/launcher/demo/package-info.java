/**
 * A believable contact centre with a shop, invented: {@link io.nabz.launcher.demo.DemoScript} is
 * the pure generator, {@link io.nabz.launcher.demo.Demo} plays it live, {@code ./nabz simulate}
 * plays or prints it. People, texts and prices are in {@code resources/demo}.
 */
package io.nabz.launcher.demo;
