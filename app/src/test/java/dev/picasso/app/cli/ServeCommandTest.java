package dev.picasso.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.catalogue.ModelStore;
import dev.picasso.model.config.Allowance;
import dev.picasso.model.config.ConfiguredModel;
import dev.picasso.model.config.Sharing;
import dev.picasso.model.config.Sharing.Access;
import dev.picasso.runtime.Device;
import dev.picasso.visualization.Visualizations;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ServeCommandTest {
  @TempDir Path folder;

  private final StringWriter err = new StringWriter();

  private int run(String... words) {
    CommandLine line = Picasso.commandLine();
    line.setErr(new PrintWriter(err));
    return line.execute(words);
  }

  @Test
  void aPortInUseIsOneMessageAndExitCode2() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = String.valueOf(taken.getLocalPort());
      assertThat(run("serve", "--no-browser", "--port", port, "--data", folder.toString()))
          .isEqualTo(2);
      assertThat(err.toString()).contains("Port " + port).contains("--port").doesNotContain("at ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536"})
  void aPortThatCannotBeIsOneMessageAndExitCode2(String port) {
    assertThat(run("serve", "--no-browser", "--port=" + port)).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "--port is " + port + "; it must be a whole number between 0 and 65535.");
  }

  @Test
  void whatLiesBesideAConfigurationIsNotRun() throws IOException {
    Files.writeString(folder.resolve("picasso.yaml"), "models: []\n");
    Path jar = Files.createDirectory(folder.resolve("plugins")).resolve("some.jar");
    Files.writeString(jar, "loading this would fail");
    assertThat(Offer.of(Optional.of(folder), ModelStore.standard()).visualizations().all())
        .hasSameSizeAs(Visualizations.builtIn().all());
  }

  @Test
  void aConfigurationThatIsNotThereIsTold() {
    assertThat(run("serve", "--no-browser", "--config", folder.resolve("nix.yaml").toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("nix.yaml").contains("there is no such file");
  }

  @Test
  void aWrongConfigurationNamesItsLine() throws IOException {
    Path file = Files.writeString(folder.resolve("picasso.yaml"), "models: []\nservre: {}\n");
    assertThat(run("serve", "--no-browser", "--config", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("picasso.yaml, line 2");
  }

  /** The runtime of the tests has no CUDA. */
  @ParameterizedTest
  @CsvSource({"cuda, 3, cuda:0 cannot be used", "tpu, 2, --device is tpu; it must be cpu"})
  void aDeviceThatIsNotThereIsToldBeforeAnythingIsServed(String device, int code, String words) {
    assertThat(run("serve", "--no-browser", "--port", "0", "--device", device)).isEqualTo(code);
    assertThat(err.toString()).contains(words);
  }

  @Test
  void theDeviceOfAConfigurationIsWhereItsModelsRunUnlessTheCommandLineSaysOtherwise()
      throws IOException {
    Files.write(folder.resolve("m.onnx"), new byte[] {8, 1});
    Path file =
        Files.writeString(
            folder.resolve("picasso.yaml"), "device: cuda:1\nmodels: [{path: m.onnx}]\n");
    Offer offer = Offer.of(Optional.of(file), ModelStore.standard());
    assertThat(offer.models()).extracting(ConfiguredModel::device).allMatch(Device.cuda(1)::equals);
    assertThat(device(offer, Optional.empty())).isEqualTo(Device.cuda(1));
    assertThat(device(offer, Optional.of(Device.CPU))).isEqualTo(Device.CPU);
  }

  private static Device device(Offer offer, Optional<Device> named) {
    return offer.options(Optional.empty(), Optional.empty(), named).device();
  }

  @Test
  void aConfigurationSaysWhatIsServedAndTheCommandLineWins() throws IOException {
    Path file =
        Files.writeString(folder.resolve("picasso.yaml"), "server: {port: 7001}\nmodels: []\n");
    Offer offer = Offer.of(Optional.of(file), ModelStore.standard());
    assertThat(
            offer.options(Optional.empty(), Optional.empty(), Optional.empty()).settings().port())
        .isEqualTo(7001);
    assertThat(
            offer.options(Optional.empty(), Optional.of(7002), Optional.empty()).settings().port())
        .isEqualTo(7002);
  }

  @Test
  void whoGetsInIsSaidInTheConfigurationAndTheCommandLineWins() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("picasso.yaml"),
            "server: {access: token, names: [Lab.example]}\nmodels: []\n");
    Offer offer = Offer.of(Optional.of(file), ModelStore.standard());
    assertThat(offer.server().sharing())
        .isEqualTo(new Sharing(Access.TOKEN, List.of("lab.example"), Allowance.defaults()));
    assertThat(
            offer
                .options(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Access.ANYBODY))
                .settings()
                .sharing())
        .isEqualTo(new Sharing(Access.ANYBODY, List.of("lab.example"), Allowance.defaults()));
    assertThat(run("serve", "--no-browser", "--access", "everybody")).isEqualTo(2);
    assertThat(err.toString()).contains("--access", "TOKEN", "ANYBODY");
  }
}
