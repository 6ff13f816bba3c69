// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import io.jobyard.api.StatusReporter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the payloads of the types must be that have a handler. */
public final class PayloadSchemas {

    private PayloadSchemas() {}

    /** The types that have a handler, for a user. */
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
