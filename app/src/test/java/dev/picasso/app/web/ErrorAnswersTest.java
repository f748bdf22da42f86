package dev.picasso.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.app.web.Client.Answer;
import io.javalin.Javalin;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said where Java itself could not go on. */
class ErrorAnswersTest {
  private static Error error(String kind) {
    return kind.equals("memory")
        ? new OutOfMemoryError("Java heap space")
        : new StackOverflowError("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "memory, 503, This takes more memory than the server has; ask for less",
    "stack, 500, This is a fault in Picasso (StackOverflowError); its log says more."
  })
  void anErrorIsAnsweredInWords(String kind, int status, String words) {
    Javalin server =
        Javalin.create(
                config -> {
                  config.router.javaLangErrorHandler(ErrorAnswers::answerError);
                  config.routes.get(
                      "/api/v1/x",
                      context -> {
                        throw error(kind);
                      });
                })
            .start("127.0.0.1", 0);
    try {
      Answer answer = new Client("http://127.0.0.1:" + server.port()).get("/api/v1/x");
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.problem()).startsWith(words);
      assertThat(answer.text()).doesNotContain("secret", "java.");
    } finally {
      server.stop();
    }
  }
}
