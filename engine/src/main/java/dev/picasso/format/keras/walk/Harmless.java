package dev.picasso.format.keras.walk;

import java.util.Set;

/** Arguments of layers that change nothing once a model is trained, or only say it again. */
final class Harmless {
  private static final Set<String> KEYS =
      Set.of(
          "name",
          "trainable",
          "dtype",
          "dtype_policy",
          "batch_input_shape",
          "batch_shape",
          "batch_size",
          "input_shape",
          "input_dim",
          "input_length",
          "input_dtype",
          "build_input_shape",
          "sparse",
          "ragged",
          "optional",
          "type_spec",
          "init",
          "weights",
          "seed",
          "rng_type",
          "force_generator",
          "momentum",
          "renorm",
          "renorm_clipping",
          "renorm_momentum",
          "virtual_batch_size",
          "fused",
          "synchronized",
          "adjustment",
          "noise_shape",
          "rate",
          "dropout",
          "quantization_config",
          "quantization_mode",
          "autocast",
          "implementation",
          "supports_masking",
          "shared_object_id",
          "module",
          "registered_name",
          "build_config",
          "compile_config",
          "lora_rank",
          "lora_alpha",
          "gptq_unpacked_column_size",
          "cache_enable",
          "async_load",
          "value_range",
          "output_dim",
          "sharding",
          "layout",
          "gamma_init",
          "beta_init");

  private static final Set<String> ENDINGS =
      Set.of("_initializer", "_regularizer", "_constraint", "_init");

  private Harmless() {}

  static boolean isHarmless(String key) {
    return KEYS.contains(key) || key.startsWith("_") || ENDINGS.stream().anyMatch(key::endsWith);
  }
}
