package dev.picasso.docs.methods;

import dev.picasso.attribution.Attribution;
import dev.picasso.attribution.Methods;
import java.util.Map;

/** Methods with less work than they do as a rule: fewer steps, samples, masks. */
enum Fewer {
  /** What shows whether a method runs at all. */
  HARDLY_ANY(
      Map.ofEntries(
          Map.entry("smoothgrad", Map.of("samples", "2")),
          Map.entry("integrated-gradients", Map.of("steps", "2")),
          Map.entry("blur-ig", Map.of("steps", "2")),
          Map.entry("guided-ig", Map.of("steps", "4")),
          Map.entry("expected-gradients", Map.of("samples", "2")),
          Map.entry("occlusion", Map.of("patch", "32", "stride", "32")),
          Map.entry("rise", Map.of("masks", "10")),
          Map.entry("lime", Map.of("samples", "10", "segments", "4")),
          Map.entry("kernel-shap", Map.of("samples", "20", "segments", "4")),
          Map.entry("xrai", Map.of("steps", "2")))),
  /** Enough for a small picture of a map. */
  ENOUGH_TO_SEE(
      Map.ofEntries(
          Map.entry("smoothgrad", Map.of("samples", "25")),
          Map.entry("integrated-gradients", Map.of("steps", "25")),
          Map.entry("blur-ig", Map.of("steps", "25")),
          Map.entry("guided-ig", Map.of("steps", "50")),
          Map.entry("expected-gradients", Map.of("samples", "25")),
          Map.entry("occlusion", Map.of("patch", "32", "stride", "16")),
          Map.entry("rise", Map.of("masks", "400")),
          Map.entry("lime", Map.of("samples", "300")),
          Map.entry("kernel-shap", Map.of("samples", "300")),
          Map.entry("xrai", Map.of("steps", "10")))),
  /** As methods are by default. */
  NOT(Map.of());

  private final Map<String, Map<String, String>> settings;

  Fewer(Map<String, Map<String, String>> settings) {
    this.settings = settings;
  }

  Attribution of(Attribution method) {
    return Methods.with(method, settings.getOrDefault(method.id(), Map.of()));
  }
}
