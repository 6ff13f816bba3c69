// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.StatusReporter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Payload schemas of the types that have a handler. */
public final class PayloadSchemas {

    private PayloadSchemas() {}

    /** Returns the types that have a handler, as a user sees them. */
    public static List<HandlerView.Type> of(StatusReporter status) {
        Map<String, Boolean> submittable = new TreeMap<>();
        status.handlers().stream()
                .filter(handler -> handler.version() != null)
                .forEach(handler -> submittable.put(handler.type(), handler.submittable()));
        return submittable.entrySet().stream()
                .map(type -> new HandlerView.Type(
                        type.getKey(), status.schema(type.getKey()).orElse(null), type.getValue()))
                .toList();
    }
}
