package io.nabz.text.train;

import io.nabz.text.NgramModel;
import io.nabz.text.TextReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Logistic regression by AdaGrad with a penalty on size; the same seed gives the same model. */
public final class Trainer {
  private static final int EPOCHS = 12;
  private static final double RATE = 0.25;
  private static final double PENALTY = 2e-5;
  private static final long SEED = 20_261_122;

  private final TextReader reader;

  public Trainer(TextReader reader) {
    this.reader = reader;
  }

  private static final class Row {
    private final int[] features;
    private final double target;
    private final double weight;

    Row(int[] features, Example example) {
      this.features = features;
      this.target = example.target();
      this.weight = example.weight();
    }
  }

  public NgramModel train(String version, List<Example> examples) {
    List<Row> rows = new ArrayList<>();
    for (Example e : examples) {
      int[] features = reader.features(e.text());
      if (features.length > 0) {
        rows.add(new Row(features, e));
      }
    }
    double[] w = new double[NgramModel.BUCKETS];
    double[] seen = new double[NgramModel.BUCKETS];
    Random random = new Random(SEED);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      Collections.shuffle(rows, random);
      for (Row row : rows) {
        learn(row, w, seen);
      }
    }
    return NgramModel.of(version, 0, w);
  }

  private static void learn(Row row, double[] w, double[] seen) {
    double norm = 1 / Math.sqrt(row.features.length);
    double margin = 0;
    for (int f : row.features) {
      margin += w[f];
    }
    double error = (1 / (1 + Math.exp(-margin * norm)) - row.target) * row.weight;
    for (int f : row.features) {
      double gradient = error * norm + PENALTY * w[f];
      seen[f] += gradient * gradient;
      w[f] -= RATE * gradient / Math.sqrt(seen[f] + 1e-4);
    }
  }
}
