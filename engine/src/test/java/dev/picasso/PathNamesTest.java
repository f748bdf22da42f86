package dev.picasso;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathNamesTest {
  @ParameterizedTest(name = "{0} is shown as {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "MobilenetV2/expanded_conv_5/project, 14 × 14 | …/expanded_conv_5/project, 14 × 14",
        "mean, layer MobilenetV1/MobilenetV1/Conv2d_13/Relu6; 5 % | mean, layer"
            + " …/MobilenetV1/Conv2d_13/Relu6; 5 %",
        "Grad-CAM (layer=a/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb/c) | Grad-CAM (layer=…/c)",
        "/features/features.18/features.18.2/Clip | …/features.18/features.18.2/Clip",
        "MobilenetV2/expanded_conv_13/expand/Relu6, 14x14 | …/expanded_conv_13/expand/Relu6, 14x14",
        "/Relu_2 | /Relu_2",
        "conv/and/or | conv/and/or",
        "averyveryveryverylongnamewithoutanyslashes | averyveryveryverylongnamewithoutanyslashes"
      })
  void longNamesOfLayersLoseTheirFirstParts(String name, String shown) {
    assertThat(PathNames.shortened(name)).isEqualTo(shown);
    assertThat(PathNames.shortened(shown)).isEqualTo(shown);
  }
}
