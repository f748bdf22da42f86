package dev.picasso.app.web.metrics;

import java.util.function.DoubleSupplier;

/**
 * A number that is looked up when it is asked for.
 *
 * @param name as Prometheus has it, with its unit at the end
 * @param help a sentence
 * @param isTotal whether it only grows
 */
public record Gauge(String name, String help, boolean isTotal, DoubleSupplier value) {
  /** One that goes up and down. */
  public static Gauge of(String name, String help, DoubleSupplier value) {
    return new Gauge(name, help, false, value);
  }

  /** One that only grows. */
  public static Gauge total(String name, String help, DoubleSupplier value) {
    return new Gauge(name, help, true, value);
  }

  void writeTo(Exposition out) {
    out.name(name, isTotal ? "counter" : "gauge", help)
        .series(name, java.util.Map.of(), value.getAsDouble());
  }
}
