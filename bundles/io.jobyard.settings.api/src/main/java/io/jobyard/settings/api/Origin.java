// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Origin of a URL, or pattern of origins in a setting. A text that two programs might read differently is refused.
 *
 * @param scheme {@code http} or {@code https}
 * @param host name or address in lower case; an IPv6 address in brackets
 * @param port port, 1 to 65535
 * @param isWildcard whether it matches all subdomains of the host, without the host itself; only in settings
 */
public record Origin(String scheme, String host, int port, boolean isWildcard) {

    private static final String ANY = "*.";
    private static final Pattern UNUSUAL = Pattern.compile("[^!-~]|[\\\\\"<>^`{|}]");
    /** Matches URLs more strictly than {@link URI}. */
    private static final Pattern AUTHORITY = Pattern.compile("[^@:\\[\\]]+(:\\d+)?|\\[[^\\[\\]@]+](:\\d+)?");

    /**
     * Parses the origins of a setting.
     *
     * @param text origins, for example {@code https://api.example.com,https://*.example.com:8443}
     * @return origins in their order
     * @throws IllegalArgumentException if an origin is invalid; the message contains the problem and the fix
     */
    public static List<Origin> list(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .map(Origin::pattern)
                .toList();
    }

    private static Origin pattern(String text) {
        boolean isWildcard = text.contains("://" + ANY);
        String plain = isWildcard ? text.replace("://" + ANY, "://") : text;
        Origin origin;
        try {
            origin = of(plain);
        } catch (IllegalArgumentException e) {
            throw wrong(text, String.valueOf(e.getMessage()));
        }
        if (plain.replaceFirst("://", "").matches(".*[/?#].*")) {
            throw wrong(text, "remove everything after the port");
        } else if (isWildcard && (HostName.isAddress(origin.host) || !origin.host.contains("."))) {
            throw wrong(text, "use a domain of two or more parts after *.");
        }
        return new Origin(origin.scheme, origin.host, origin.port, isWildcard);
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException("invalid origin \"" + text + "\" (" + why
                + "); use origins separated by commas, for example https://api.example.com,https://*.example.com:8443");
    }

    /**
     * Returns the origin of a URL.
     *
     * @param url a URL with {@code http} or {@code https}
     * @throws IllegalArgumentException if programs might read its origin differently; the message contains the problem and no part of the
     * text
     */
    public static Origin of(String url) {
        if (UNUSUAL.matcher(url).find()) {
            throw new IllegalArgumentException(
                    "it has characters that are not allowed in a URL: write them as %XX, and write a host with other letters as xn--…");
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
            throw new IllegalArgumentException("its host or port is invalid: use http://HOST or http://HOST:PORT");
        }
        String port = authority.replaceFirst("^(\\[.*]|[^:]*):?", "");
        String host = authority.substring(0, authority.length() - port.length() - (port.isEmpty() ? 0 : 1));
        return new Origin(scheme, HostName.check(host), port(port, scheme), false);
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it is not a URL: " + e.getReason(), e);
        }
    }

    private static int port(String port, String scheme) {
        if (port.isEmpty()) {
            return usualPort(scheme);
        } else if (!port.matches("[1-9]\\d{0,4}") || Integer.parseInt(port) > 65_535) {
            throw new IllegalArgumentException("its port is out of range: use 1 to 65535");
        }
        return Integer.parseInt(port);
    }

    private static int usualPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }

    /** Returns whether this setting matches the origin of a URL. */
    public boolean matches(Origin other) {
        return scheme.equals(other.scheme)
                && port == other.port
                && (isWildcard ? other.host.endsWith("." + host) : other.host.equals(host));
    }

    /** Returns the text as in a setting. */
    @Override
    public String toString() {
        return scheme + "://" + (isWildcard ? ANY : "") + host + (port == usualPort(scheme) ? "" : ":" + port);
    }
}
