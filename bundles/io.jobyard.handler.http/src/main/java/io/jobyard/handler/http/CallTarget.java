// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import io.jobyard.settings.api.Origin;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The target of a request.
 *
 * @param origin of the URL
 * @param path with the query, as it is sent
 */
record CallTarget(Origin origin, String path) {

    /** Throws {@link IllegalArgumentException}, whose message says what is wrong and repeats nothing of the text. */
    static CallTarget parse(String url) {
        return new CallTarget(Origin.of(url), path(uri(url)));
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it is no URL: " + e.getReason(), e);
        }
    }

    private static String path(URI uri) {
        String path = uri.getRawPath();
        @Nullable String query = uri.getRawQuery();
        return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    /** The place that an answer's {@code Location} names; throws like {@link #parse}. */
    CallTarget resolve(String location) {
        if (!location.chars().allMatch(letter -> letter > ' ' && letter <= '~')) {
            throw new IllegalArgumentException("it has characters that no URL has");
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
