// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes. What others might read as another place is none.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name or an address, in lower case; an IPv6 address in brackets
 * @param port 1 to 65535
 * @param path with the query, as it is sent
 */
record CallTarget(String scheme, String host, int port, String path) {

    private static final Pattern UNUSUAL = Pattern.compile("[^!-~]|[\\\\\"<>^`{|}]");
    /** As {@link URI} would read leniently. */
    private static final Pattern AUTHORITY = Pattern.compile("[^@:\\[\\]]+(:\\d+)?|\\[[^\\[\\]@]+](:\\d+)?");

    /** Throws {@link IllegalArgumentException}, whose message says what is wrong and repeats nothing of the text. */
    static CallTarget parse(String url) {
        if (UNUSUAL.matcher(url).find()) {
            throw new IllegalArgumentException(
                    "it has characters that no URL has: write them as %XX, and a host of other letters as xn--…");
        }
        URI uri = uri(url);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("it begins with neither http:// nor https://");
        }
        String authority = uri.getRawAuthority();
        if (authority == null) {
            throw new IllegalArgumentException("it has no host");
        } else if (authority.contains("@")) {
            throw new IllegalArgumentException("it has a user before its host: put credentials into headers");
        } else if (!AUTHORITY.matcher(authority).matches()) {
            throw new IllegalArgumentException("its host or port is none: use http://HOST or http://HOST:PORT");
        }
        String port = authority.replaceFirst("^(\\[.*]|[^:]*):?", "");
        String host = authority.substring(0, authority.length() - port.length() - (port.isEmpty() ? 0 : 1));
        return new CallTarget(scheme, HostName.check(host), port(port, scheme), path(uri));
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it is no URL: " + e.getReason(), e);
        }
    }

    private static int port(String port, String scheme) {
        if (port.isEmpty()) {
            return portOf(scheme);
        } else if (!port.matches("[1-9]\\d{0,4}") || Integer.parseInt(port) > 65_535) {
            throw new IllegalArgumentException("its port is none from 1 to 65535");
        }
        return Integer.parseInt(port);
    }

    static int portOf(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    private static String path(URI uri) {
        String path = uri.getRawPath();
        @Nullable String query = uri.getRawQuery();
        return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    /** The place that an answer's {@code Location} names; throws like {@link #parse}. */
    CallTarget resolve(String location) {
        if (UNUSUAL.matcher(location).find()) {
            throw new IllegalArgumentException("it has characters that no URL has");
        }
        return parse(URI.create(url()).resolve(uri(location)).toString());
    }

    boolean isSameOrigin(CallTarget other) {
        return origin().equals(other.origin());
    }

    /** As it is written in {@code allow}. */
    String origin() {
        return scheme + "://" + host + (port == portOf(scheme) ? "" : ":" + port);
    }

    String url() {
        return origin() + path;
    }
}
