// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import io.jobyard.settings.api.Origin;
import io.jobyard.settings.api.SettingsReader;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Checked values of {@code io.jobyard.handler.http}.
 *
 * @param allow the origins that jobs may call
 * @param privateRanges the private addresses that these origins may have
 * @param maxBytes the maximum size of a response
 */
record HttpRequestSettings(
        List<Origin> allow, List<AddressRange> privateRanges, int maxBytes, int maxRedirects, int timeoutSeconds) {

    static final String PID = "io.jobyard.handler.http";
    static final int MAX_BYTES = 524_288;
    static final int MAX_REDIRECTS = 5;
    static final int TIMEOUT_SECONDS = 60;

    static HttpRequestSettings read(SettingsReader reader) {
        return new HttpRequestSettings(
                reader.value("allow", List.of(), Origin::list),
                reader.value("private", List.of(), list(PrivateAddresses::parse)),
                reader.integer("response.max.bytes", MAX_BYTES, 1, 67_108_864),
                reader.integer("redirects.max", MAX_REDIRECTS, 0, 20),
                reader.integer("timeout.seconds", TIMEOUT_SECONDS, 1, 86_400));
    }

    private static <T> Function<String, List<T>> list(Function<String, T> parser) {
        return text -> Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(parser)
                .toList();
    }

    boolean allows(CallTarget target) {
        return allow.stream().anyMatch(origin -> origin.matches(target.origin()));
    }

    @Override
    public String toString() {
        return "allow = " + text(allow) + ", private = " + text(privateRanges) + ", response.max.bytes = " + maxBytes
                + ", redirects.max = " + maxRedirects + ", timeout.seconds = " + timeoutSeconds;
    }

    private static String text(List<?> values) {
        return values.isEmpty()
                ? "nothing"
                : values.stream().map(Object::toString).collect(Collectors.joining(","));
    }
}
