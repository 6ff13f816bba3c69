// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

import io.jobyard.views.api.View;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Result of a call.
 *
 * @param view the view that made the JSON
 * @param json the result as JSON
 * @param kind whether something was created or only begun
 * @param location the path of what was created, such as {@code /jobs/ID}; null otherwise
 */
public record OperationResult(
        View<?> view,
        Map<String, @Nullable Object> json,
        ResultKind kind,
        @Nullable String location) {

    /** Kind of success. */
    public enum ResultKind {
        DONE,
        /** Something new is stored. */
        CREATED,
        /** Work began that continues after the call. */
        ACCEPTED
    }

    /** A result of a call that is done. */
    public static <T> OperationResult of(View<T> view, T thing) {
        return new OperationResult(view, view.json(thing), ResultKind.DONE, null);
    }

    /** Returns this result for a call whose work continues. */
    public OperationResult accepted() {
        return new OperationResult(view, json, ResultKind.ACCEPTED, location);
    }

    /**
     * Returns this result for something new.
     *
     * @param path where it is found
     */
    public OperationResult created(String path) {
        return new OperationResult(view, json, ResultKind.CREATED, path);
    }

    /** Returns this result with the path of what it is about. */
    public OperationResult at(String path) {
        return new OperationResult(view, json, kind, path);
    }
}
