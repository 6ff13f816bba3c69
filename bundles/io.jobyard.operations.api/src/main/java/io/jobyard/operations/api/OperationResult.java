// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

import io.jobyard.views.api.View;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Result of a call.
 *
 * @param view the view that makes the JSON
 * @param thing the result, an object of the view
 * @param kind whether an object was created or work was only started
 * @param location the path of the created object, for example {@code /jobs/ID}; null otherwise
 */
public record OperationResult(
        View<?> view,
        Object thing,
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
        return new OperationResult(view, thing, ResultKind.DONE, null);
    }

    /** Returns the result as JSON. */
    @SuppressWarnings("unchecked") // of() takes a thing of the view
    public Map<String, @Nullable Object> json() {
        return ((View<Object>) view).json(thing);
    }

    /** Returns this result for a call whose work continues. */
    public OperationResult accepted() {
        return new OperationResult(view, thing, ResultKind.ACCEPTED, location);
    }

    /** Returns this result for a new object with this path. */
    public OperationResult created(String path) {
        return new OperationResult(view, thing, ResultKind.CREATED, path);
    }

    /** Returns this result with the path of its subject. */
    public OperationResult at(String path) {
        return new OperationResult(view, thing, kind, path);
    }
}
