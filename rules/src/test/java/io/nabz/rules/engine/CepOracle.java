package io.nabz.rules.engine;

import io.nabz.rules.language.Contiguity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.cep.configuration.SharedBufferCacheConfig;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBuffer;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;

/** Flink's own matcher in event time, in this process, over the same case. */
final class CepOracle {
  private CepOracle() {}

  /** All matches without skipping, each as step names with event indexes. */
  static Set<List<String>> matches(RandomCase random) throws Exception {
    NFA<Integer> nfa = NFACompiler.<Integer>compileFactory(pattern(random), false).createNFA();
    NFAState state = nfa.createInitialNFAState();
    SharedBuffer<Integer> buffer =
        new SharedBuffer<>(
            new MemoryStateStore(),
            IntSerializer.INSTANCE,
            new SharedBufferCacheConfig(64, 64, Duration.ofHours(1)));
    Set<List<String>> found = new HashSet<>();
    AfterMatchSkipStrategy noSkip = AfterMatchSkipStrategy.noSkip();
    try (SharedBufferAccessor<Integer> accessor = buffer.getAccessor()) {
      for (int i = 0; i < random.events().size(); i++) {
        long time = random.events().get(i).time();
        add(found, random, nfa.advanceTime(accessor, state, time, noSkip).f0);
        add(found, random, nfa.process(accessor, state, i, time, noSkip, () -> 0L));
      }
      add(found, random, nfa.advanceTime(accessor, state, Long.MAX_VALUE, noSkip).f0);
    } finally {
      buffer.releaseCacheStatisticsTimer();
    }
    return found;
  }

  private static void add(
      Set<List<String>> found, RandomCase random, Collection<Map<String, List<Integer>>> matches) {
    for (Map<String, List<Integer>> match : matches) {
      List<String> text = new ArrayList<>();
      for (RandomCase.StepSpec step : random.steps()) {
        for (Integer event : match.getOrDefault(step.as(), List.of())) {
          text.add(step.as() + ':' + event);
        }
      }
      found.add(text);
    }
  }

  private static Pattern<Integer, ?> pattern(RandomCase random) {
    Pattern<Integer, Integer> pattern = null;
    for (RandomCase.StepSpec step : random.steps()) {
      pattern = follow(pattern, step).where(new Where(random, step));
      if (step.orMore()) {
        pattern = pattern.timesOrMore(step.times());
      } else if (step.times() > 1) {
        pattern = pattern.times(step.times());
      }
      if (step.orMore() || step.times() > 1) {
        if (step.repeated() == Contiguity.STRICT) {
          pattern = pattern.consecutive();
        } else if (step.repeated() == Contiguity.ANY) {
          pattern = pattern.allowCombinations();
        }
      }
      if (step.optional()) {
        pattern = pattern.optional();
      }
    }
    return pattern.within(Duration.ofMillis(random.within()));
  }

  private static Pattern<Integer, Integer> follow(
      Pattern<Integer, Integer> before, RandomCase.StepSpec step) {
    if (before == null) {
      return Pattern.begin(step.as(), AfterMatchSkipStrategy.noSkip());
    }
    if (step.not()) {
      return before.notFollowedBy(step.as());
    }
    return switch (step.followed()) {
      case STRICT -> before.next(step.as());
      case RELAXED -> before.followedBy(step.as());
      case ANY -> before.followedByAny(step.as());
    };
  }

  /** The step's condition, written once more in Java. */
  private static final class Where extends IterativeCondition<Integer> {
    private static final long serialVersionUID = 1;

    private final String[] types;
    private final int[] values;
    private final RandomCase.Test test;
    private final String wanted;
    private final String earlier;

    Where(RandomCase random, RandomCase.StepSpec step) {
      types = random.events().stream().map(RandomCase.Ev::type).toArray(String[]::new);
      values = random.events().stream().mapToInt(RandomCase.Ev::value).toArray();
      test = step.test();
      wanted = step.type();
      earlier = step.earlier();
    }

    @Override
    public boolean filter(Integer event, Context<Integer> context) throws Exception {
      if (!types[event].equals(wanted)) {
        return false;
      }
      return switch (test) {
        case NONE -> true;
        case ONE -> values[event] == 1;
        case POSITIVE -> values[event] > 0;
        case SAME_AS_EARLIER -> sameAsEarlier(event, context);
      };
    }

    private boolean sameAsEarlier(Integer event, Context<Integer> context) throws Exception {
      Integer newest = null;
      Iterator<Integer> all = context.getEventsForPattern(earlier).iterator();
      while (all.hasNext()) {
        newest = all.next();
      }
      return newest != null && values[newest] == values[event];
    }
  }
}
