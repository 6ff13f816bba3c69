// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import java.util.List;
import java.util.Map;

/**
 * The response to a call.
 *
 * @param headers the headers, by lower-case name
 * @param isCut whether the body was longer than requested
 */
record CallAnswer(int status, Map<String, List<String>> headers, byte[] body, boolean isCut) {

    /** Returns the first value of a header; empty if the header is missing. */
    String header(String name) {
        return headers.getOrDefault(name, List.of("")).get(0);
    }

    /** Returns whether the response redirects to {@code location}. */
    boolean isRedirect() {
        return (status >= 301 && status <= 303 || status == 307 || status == 308) && headers.containsKey("location");
    }
}
