package dev.picasso.benchmarks;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Explainer;
import dev.picasso.attribution.Images;
import dev.picasso.attribution.Methods;
import dev.picasso.attribution.Progress;
import dev.picasso.attribution.Target;
import dev.picasso.graph.Tensor;
import dev.picasso.model.Model;
import dev.picasso.runtime.Device;
import dev.picasso.runtime.RuntimeOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The same maps on the processor and on another device: seconds, ratio, largest difference. */
final class OnDevice {
  private static final String HERE = "cpu";
  private static final String THERE = "device";
  private static final double MILLIS = 1e3;

  /** Ids of methods with settings that a processor has patience for. */
  private static final Map<String, Map<String, String>> METHODS = new LinkedHashMap<>();

  static {
    METHODS.put("saliency", Map.of());
    METHODS.put("grad-cam", Map.of());
    METHODS.put("integrated-gradients", Map.of());
    METHODS.put("smoothgrad", Map.of());
    METHODS.put("rise", Map.of("masks", "256"));
    METHODS.put("occlusion", Map.of("patch", "32", "stride", "16"));
  }

  private OnDevice() {}

  /**
   * Prints a line for each method.
   *
   * @param title of the model
   * @param x one image
   */
  static void print(String title, Model model, Tensor x, Device device, int threads, int rounds) {
    device.require();
    RuntimeOptions here = new RuntimeOptions(threads, true);
    try (Explainer processor = new Explainer(model, here);
        Explainer other = new Explainer(model, here.on(device))) {
      line(
          title,
          "prediction",
          () -> processor.predict(x).probabilities(),
          () -> other.predict(x).probabilities(),
          rounds);
      METHODS.forEach(
          (id, settings) -> {
            Attribution method = Methods.builtIn().get(id, settings);
            String name = Methods.builtIn().text(method);
            line(title, name, () -> map(method, processor, x), () -> map(method, other, x), rounds);
          });
    }
  }

  private static Tensor map(Attribution method, Explainer explainer, Tensor x) {
    return method
        .explain(explainer, Images.of(x), List.of(Target.ofClass(1)), Progress.NONE)
        .values();
  }

  private static void line(
      String title, String name, Supplier<Tensor> here, Supplier<Tensor> there, int rounds) {
    double difference = difference(here.get().floats(), there.get().floats());
    Interleaved times = new Interleaved().add(HERE, run(here)).add(THERE, run(there)).run(rounds);
    System.out.printf(
        "| %s | %s | %.4f | %.4f | %.2f | %.1e |%n",
        title,
        name,
        times.median(HERE) / MILLIS,
        times.median(THERE) / MILLIS,
        times.ratio(HERE, THERE),
        difference);
  }

  private static Runnable run(Supplier<Tensor> map) {
    return () -> {
      Tensor unused = map.get();
    };
  }

  /** The largest one, as a share of the largest absolute value. */
  private static double difference(float[] a, float[] b) {
    double largest = 0;
    double most = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
      most = Math.max(most, Math.abs(a[i]));
    }
    return most == 0 ? largest : largest / most;
  }
}
