package dev.picasso.app.web.wire;

import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * What every answer carries: it may be shown by the page only, and loads nothing from elsewhere.
 */
public final class SafeHeaders implements HttpConfiguration.Customizer {
  private static final String POLICY =
      "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  /** The page may ask for the camera; nothing may ask for more. */
  private static final String PERMISSIONS =
      "camera=(self), microphone=(), geolocation=(), payment=(), usb=()";

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy", POLICY,
          "Permissions-Policy", PERMISSIONS,
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cache-Control", "no-store");

  SafeHeaders() {}

  @Override
  public Request customize(Request request, HttpFields.Mutable answer) {
    addTo(answer);
    return request;
  }

  /** Adds them to an answer that is about to be made. */
  public static void addTo(HttpFields.Mutable answer) {
    HEADERS.forEach(answer::put);
  }
}
