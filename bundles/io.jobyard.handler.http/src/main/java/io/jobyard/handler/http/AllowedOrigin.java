// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

/**
 * An origin that may be called.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name or an address, in lower case
 * @param port 1 to 65535
 * @param isWildcard whether it stands for all names below the host, and not for the host
 */
record AllowedOrigin(String scheme, String host, int port, boolean isWildcard) {

    private static final String ANY = "*.";

    /** Throws {@link IllegalArgumentException}, whose message says what to write. */
    static AllowedOrigin parse(String text) {
        boolean isWildcard = text.contains("://" + ANY);
        CallTarget target = target(isWildcard ? text.replace("://" + ANY, "://") : text);
        if (!target.path().equals("/") || text.endsWith("/") || text.contains("?") || text.contains("#")) {
            throw wrong(text, "leave out what follows the port");
        } else if (isWildcard
                && (HostName.isAddress(target.host()) || !target.host().contains("."))) {
            throw wrong(text, "name a domain of two parts or more after *.");
        }
        return new AllowedOrigin(target.scheme(), target.host(), target.port(), isWildcard);
    }

    private static CallTarget target(String text) {
        try {
            return CallTarget.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(text, e.getMessage());
        }
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException("\"" + text + "\" is no origin (" + why
                + "); use such as https://api.example.com, https://*.example.com:8443, with commas between");
    }

    boolean matches(CallTarget target) {
        return scheme.equals(target.scheme())
                && port == target.port()
                && (isWildcard
                        ? target.host().endsWith("." + host)
                        : target.host().equals(host));
    }

    @Override
    public String toString() {
        return scheme + "://" + (isWildcard ? ANY : "") + host + (port == CallTarget.portOf(scheme) ? "" : ":" + port);
    }
}
