// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.operations.api.OperationResult;
import io.jobyard.views.api.JobView;
import io.jobyard.views.api.View;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answer to a request.
 *
 * @param headers headers in addition to those of every answer
 * @param view the view of the body, which the OpenAPI document names
 */
record Reply(int status, Map<String, String> headers, View<?> view, Map<String, @Nullable Object> json) {

    /** Marks an answer that follows later or is already being written. */
    static final Reply LATER = new Reply(0, Map.of(), View.of("", ""), Map.of());

    static <T> Reply of(View<T> view, T thing) {
        return new Reply(200, Map.of(), view, view.json(thing));
    }

    static Reply of(OperationResult result) {
        int status = switch (result.kind()) {
            case DONE -> 200;
            case CREATED -> 201;
            case ACCEPTED -> 202;
        };
        Reply reply = new Reply(status, Map.of(), result.view(), result.json());
        if (result.view() == JobView.JOB) {
            reply = reply.header("ETag", JobWait.tag(reply.json()));
        }
        String location = result.location();
        return location == null ? reply : reply.header("Location", RestServlet.ROOT + location);
    }

    Reply status(int other) {
        return new Reply(other, headers, view, json);
    }

    Reply header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, view, json);
    }
}
