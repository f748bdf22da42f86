package dev.picasso.app.web;

/** What a browser shows where there is no page, and why. */
final class ProblemPage {
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en" data-theme="dark">
      <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="dark light">
        <title>A problem · Picasso</title>
        <link rel="icon" href="/static/icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/static/picasso.css">
        <link rel="stylesheet" href="/static/login.css">
        <script src="/static/js/theme.js"></script>
      </head>
      <body class="login">
        <main>
          <h1><a href="/">Picasso</a></h1>
          <p class="problem">%s</p>
          <p class="hint"><a href="/">To the page</a> · <a href="/runs">Kept runs</a></p>
        </main>
      </body>
      </html>
      """;

  private ProblemPage() {}

  /** The page that says a sentence, which may hold what a stranger wrote. */
  static String of(String message) {
    return PAGE.formatted(escaped(message));
  }

  /** A text as HTML has it. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
