// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.endpoints;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parser of an endpoint's URL. It requires encryption, because the key is sent there. */
final class EndpointUrl {

    /** Names and addresses of this machine; no name is looked up. */
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[(::1|0:0:0:0:0:0:0:1)]");

    private EndpointUrl() {}

    /**
     * Parses a URL and removes a trailing slash. Throws {@link IllegalArgumentException} with a message that describes
     * a valid URL.
     */
    static URI parse(String text) {
        URI url = uri(text);
        if (url == null
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || url.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "use a URL without user, query and fragment, for example https://api.openai.com/v1");
        }
        boolean isSecure = "https".equalsIgnoreCase(url.getScheme());
        boolean isPlain = "http".equalsIgnoreCase(url.getScheme());
        if (!isSecure
                && !(isPlain
                        && LOOPBACK.matcher(url.getHost().toLowerCase(Locale.ROOT))
                                .matches())) {
            throw new IllegalArgumentException(
                    "use https; http is allowed only for this machine, for example http://127.0.0.1:8080/v1");
        }
        return url;
    }

    private static @Nullable URI uri(String text) {
        try {
            return URI.create(text.replaceFirst("/+$", ""));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
