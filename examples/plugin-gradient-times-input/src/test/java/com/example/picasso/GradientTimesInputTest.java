package com.example.picasso;

import dev.picasso.visualization.testkit.VisualizationContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradientTimesInputTest {
  @Test
  void keepsTheContract(@TempDir Path folder) {
    VisualizationContract.in(folder).check(new GradientTimesInput());
  }
}
