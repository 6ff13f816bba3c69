// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.operations.api.Operation;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Operation that is available over HTTP.
 *
 * @param operation the operation, with the inputs that only HTTP has
 * @param streams whether it also offers an event stream
 * @param action answers a request
 */
record Route(Operation operation, boolean streams, RouteAction action) {

    /** Action that answers a request. */
    @FunctionalInterface
    interface RouteAction {
        Reply answer(RestRequest request) throws IOException;
    }

    static Route of(Operation operation) {
        return new Route(operation, false, request -> Reply.of(operation.answer(request.call())));
    }

    String name() {
        return operation.name();
    }

    String method() {
        return operation.method();
    }

    String path() {
        return operation.path();
    }

    /** Returns the media types that the route offers, the preferred type first. */
    List<String> offers() {
        return streams ? List.of(Representation.JSON, Representation.EVENTS) : List.of(Representation.JSON);
    }

    /** Returns the values of the inputs in the path; null if the path does not match. */
    @Nullable
    Map<String, String> match(String[] parts) {
        String[] own = path().split("/", -1);
        if (own.length != parts.length) {
            return null;
        }
        Map<String, String> matched = new LinkedHashMap<>();
        for (int i = 0; i < own.length; i++) {
            if (own[i].startsWith("{") && !parts[i].isEmpty()) {
                matched.put(own[i].substring(1, own[i].length() - 1), parts[i]);
            } else if (!own[i].equals(parts[i])) {
                return null;
            }
        }
        return matched;
    }
}
