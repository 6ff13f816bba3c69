// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

import io.jobyard.views.api.View;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Result of a call.
 *
 * @param view the view that made the JSON
 * @param kind whether an object was created or work was only started
 * @param location the path of the created object, for example {@code /jobs/ID}; null otherwise
 */
public record OperationResult(
        View<?> view,
        Map<String, @Nullable Object> json,
        ResultKind kind,
        @Nullable String location) {

    /** Kind of success. */
    public enum ResultKind {
        DONE,
        /** A new object was stored. */
        CREATED,
        /** Work has started and continues after the call. */
        ACCEPTED
    }

    /** Creates the result of a completed call. */
    public static <T> OperationResult of(View<T> view, T thing) {
        return new OperationResult(view, view.json(thing), ResultKind.DONE, null);
    }

    /** Returns this result for a call whose work continues. */
    public OperationResult accepted() {
        return new OperationResult(view, json, ResultKind.ACCEPTED, location);
    }

    /** Returns this result for a new object with this path. */
    public OperationResult created(String path) {
        return new OperationResult(view, json, ResultKind.CREATED, path);
    }

    /** Returns this result with the path of its subject. */
    public OperationResult at(String path) {
        return new OperationResult(view, json, kind, path);
    }
}
