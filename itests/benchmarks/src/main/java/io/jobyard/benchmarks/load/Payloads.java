// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.load;

import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import java.util.Map;

/** Payloads of a given size in bytes of JSON. */
final class Payloads {

    private static final String KEY = "text";
    private static final int FRAME = "{\"text\":\"\"}".length();

    private Payloads() {}

    /** A text of its own each time, as users have. */
    static JobSpecificationBuilder job(int bytes) {
        return job(Handling.TYPE, bytes);
    }

    static JobSpecificationBuilder job(String type, int bytes) {
        return JobSpecification.type(type).payload(Map.of(KEY, "x".repeat(bytes - FRAME)));
    }

    static int length(Map<String, Object> payload) {
        return payload.get(KEY) instanceof String text ? text.length() : 0;
    }
}
