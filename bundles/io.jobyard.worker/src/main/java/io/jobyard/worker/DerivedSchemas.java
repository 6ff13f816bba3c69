// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.worker.typed.ClassCheck;
import io.jobyard.worker.typed.ClassSchema;
import io.jobyard.worker.typed.TypedClasses;
import org.jspecify.annotations.Nullable;

/** Schemas of a typed handler. The mapper that derives them keeps its classes, so this object must not outlive the deployment. */
final class DerivedSchemas {

    private final ObjectMapper mapper = new HandlerMapper().mapper;
    private final TypedClasses classes;

    /** @throws IllegalArgumentException if JSON of the payload or the result names classes */
    DerivedSchemas(TypedClasses classes) {
        this.classes = classes;
        ClassCheck.requireSafe(mapper, "payload", classes.payload());
        ClassCheck.requireSafe(mapper, "result", classes.result());
    }

    /** @throws IllegalArgumentException if a class of the payload has no schema */
    String payload() {
        return ClassSchema.of(mapper, "payload", classes.payload());
    }

    /**
     * Returns the schema of results; null for a handler without results, or whose results are any objects.
     *
     * @throws IllegalArgumentException if a class of the result has no schema
     */
    @Nullable
    String result() {
        JavaType result = classes.result();
        return classes.isVoid() || result.isMapLikeType() ? null : ClassSchema.of(mapper, "result", result);
    }
}
