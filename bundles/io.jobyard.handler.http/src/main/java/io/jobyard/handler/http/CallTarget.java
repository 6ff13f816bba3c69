// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import io.jobyard.settings.api.Origin;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The target of a request.
 *
 * @param path the path with the query, as sent
 */
record CallTarget(Origin origin, String path) {

    /**
     * Parses a URL. Throws {@link IllegalArgumentException} with a message that names the problem but contains no part
     * of the text.
     */
    static CallTarget parse(String url) {
        return new CallTarget(Origin.of(url), path(uri(url)));
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("invalid URL: " + e.getReason(), e);
        }
    }

    private static String path(URI uri) {
        String path = uri.getRawPath();
        @Nullable String query = uri.getRawQuery();
        return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    /** Resolves a {@code Location} header. Throws like {@link #parse}. */
    CallTarget resolve(String location) {
        if (!location.chars().allMatch(letter -> letter > ' ' && letter <= '~')) {
            throw new IllegalArgumentException("its text has characters that are not allowed in a URL");
        }
        return parse(URI.create(url()).resolve(uri(location)).toString());
    }

    boolean isSameOrigin(CallTarget other) {
        return origin.equals(other.origin);
    }

    String scheme() {
        return origin.scheme();
    }

    String host() {
        return origin.host();
    }

    int port() {
        return origin.port();
    }

    String url() {
        return origin + path;
    }
}
