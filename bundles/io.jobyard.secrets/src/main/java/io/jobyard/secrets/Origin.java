// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a request goes, or may go.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name or an address in lower case; in a policy {@code *.} may stand before it, for all names below it
 * @param port 1 to 65535
 */
record Origin(String scheme, String host, int port) {

    private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443);
    private static final String ANY = "*.";
    private static final String USE =
            "use origins such as https://api.example.com, https://*.example.com:8443, with commas between";

    /** Reads those of a policy; throws {@link IllegalArgumentException}, whose message says what to use. */
    static List<Origin> list(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(each -> pattern(each).orElseThrow(() -> new IllegalArgumentException(USE)))
                .toList();
    }

    private static Optional<Origin> pattern(String text) {
        boolean isAny = text.contains("://" + ANY);
        return uri(isAny ? text.replace("://" + ANY, "://") : text)
                .filter(uri -> uri.getRawPath().isEmpty() && uri.getRawQuery() == null && uri.getRawFragment() == null)
                .flatMap(Origin::of)
                .filter(origin -> !isAny || origin.host.contains(".") && !origin.host.matches("[\\d.]+|\\[.*"))
                .map(origin -> isAny ? new Origin(origin.scheme, ANY + origin.host, origin.port) : origin);
    }

    /** Returns the origin of a URL; empty if it has none, or anything in it that programs read in different ways. */
    static Optional<Origin> of(String url) {
        return uri(url).flatMap(Origin::of);
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text).parseServerAuthority());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<Origin> of(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!PORTS.containsKey(scheme) || uri.getHost() == null || uri.getRawUserInfo() != null) {
            return Optional.empty();
        }
        int port = uri.getPort() < 0 ? PORTS.get(scheme) : uri.getPort();
        return Optional.of(new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port));
    }

    /** Returns whether this, of a policy, stands for the other one. */
    boolean matches(Origin other) {
        return scheme.equals(other.scheme)
                && port == other.port
                && (host.startsWith(ANY) ? other.host.endsWith(host.substring(1)) : host.equals(other.host));
    }

    @Override
    public String toString() {
        return scheme + "://" + host + (port == PORTS.get(scheme) ? "" : ":" + port);
    }
}
