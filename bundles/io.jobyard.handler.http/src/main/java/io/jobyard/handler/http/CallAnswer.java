// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import java.util.List;
import java.util.Map;

/**
 * What came back.
 *
 * @param status of HTTP
 * @param headers by their names in small letters
 * @param body unpacked
 * @param isCut whether there was more of the body than was asked for
 */
record CallAnswer(int status, Map<String, List<String>> headers, byte[] body, boolean isCut) {

    /** The first value of a header; empty if it is not there. */
    String header(String name) {
        return headers.getOrDefault(name, List.of("")).get(0);
    }

    /** Whether it asks to call another place: that of {@code location}. */
    boolean isRedirect() {
        return (status >= 301 && status <= 303 || status == 307 || status == 308) && headers.containsKey("location");
    }
}
