package dev.picasso.belief.evaluation;

import dev.picasso.belief.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What rows of many images say of the methods. It keeps twelve bytes of each number; rows may come
 * in any order.
 */
public final class Evaluation {
  private final Map<String, Integer> images = new HashMap<>();
  private final Map<String, Measured> measures = new LinkedHashMap<>();

  /** The numbers of one measure, by method. */
  private record Measured(Measure.Better better, Map<String, Numbers> byMethod) {}

  /** Numbers, and the images that they are of; both grow. */
  private static final class Numbers {
    private int[] of = new int[16];
    private double[] values = new double[16];
    private int count;

    void add(int image, double value) {
      if (count == values.length) {
        of = Arrays.copyOf(of, 2 * count);
        values = Arrays.copyOf(values, 2 * count);
      }
      of[count] = image;
      values[count++] = value;
    }

    double[] all() {
      return Arrays.copyOf(values, count);
    }

    /** The number of each image, NaN where it has none. */
    double[] byImage(int size) {
      double[] all = new double[size];
      Arrays.fill(all, Double.NaN);
      for (int i = 0; i < count; i++) {
        all[of[i]] = values[i];
      }
      return all;
    }
  }

  /** A mean of one measure for one method. */
  public record Mean(String name, Measure.Better better, String method, Estimate estimate) {}

  /** Takes a row; one without a number only tells that there is the image. */
  public void add(Row row) {
    int image =
        Optional.ofNullable(images.putIfAbsent(row.sha256(), images.size()))
            .orElse(images.size() - 1);
    Numbers numbers =
        measures
            .computeIfAbsent(row.name(), n -> new Measured(row.better(), new LinkedHashMap<>()))
            .byMethod()
            .computeIfAbsent(row.method(), m -> new Numbers());
    if (Double.isFinite(row.value())) {
      numbers.add(image, row.value());
    }
  }

  /** How many images there are. */
  public int images() {
    return images.size();
  }

  /** Of each measure, a mean for each method. */
  public List<Mean> means() {
    List<Mean> means = new ArrayList<>();
    measures.forEach(
        (name, measured) ->
            measured
                .byMethod()
                .forEach(
                    (method, numbers) ->
                        means.add(
                            new Mean(
                                name, measured.better(), method, estimate(name, numbers.all())))));
    return List.copyOf(means);
  }

  private static Estimate estimate(String name, double[] numbers) {
    return isShare(name) ? Estimate.ofShare(numbers) : Estimate.of(numbers);
  }

  private static boolean isShare(String name) {
    return name.endsWith("." + Row.HOLDS);
  }

  /** Of each measure, the difference of any two methods on the images that have both. */
  public List<Difference> differences() {
    List<Difference> all = new ArrayList<>();
    measures.forEach(
        (name, measured) -> {
          List<String> methods = List.copyOf(measured.byMethod().keySet());
          for (int i = 0; i < methods.size(); i++) {
            for (int j = i + 1; j < methods.size(); j++) {
              all.add(difference(name, measured, methods.get(i), methods.get(j)));
            }
          }
        });
    return List.copyOf(all);
  }

  private Difference difference(String name, Measured measured, String first, String second) {
    double[] a = byImage(measured, first);
    double[] b = byImage(measured, second);
    double[] differences = new double[a.length];
    int count = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] - b[i];
      if (Double.isFinite(difference)) {
        differences[count++] = difference;
      }
    }
    Estimate estimate = Estimate.of(Arrays.copyOf(differences, count));
    return new Difference(
        name, measured.better(), first, second, isShare(name) ? estimate.within(-1, 1) : estimate);
  }

  private double[] byImage(Measured measured, String method) {
    return Optional.ofNullable(measured.byMethod().get(method)).orElseThrow().byImage(images());
  }
}
