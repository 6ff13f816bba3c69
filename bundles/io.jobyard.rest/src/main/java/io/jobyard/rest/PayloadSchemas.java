// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.HandlerStatus;
import io.jobyard.api.StatusReporter;
import io.jobyard.views.api.HandlerView;
import java.util.List;

/** What the payloads of the types must be that have a handler. */
final class PayloadSchemas {

    private PayloadSchemas() {}

    static List<HandlerView.Type> of(StatusReporter status) {
        return status.handlers().stream()
                .filter(handler -> handler.version() != null)
                .map(HandlerStatus::type)
                .distinct()
                .sorted()
                .map(type -> new HandlerView.Type(type, status.schema(type).orElse(null)))
                .toList();
    }
}
