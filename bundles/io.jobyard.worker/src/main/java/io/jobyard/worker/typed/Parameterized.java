// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker.typed;

import com.fasterxml.jackson.databind.JavaType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Generic type with its parameters, in the form of the JDK, for libraries without Jackson's types. */
record Parameterized(JavaType type) implements ParameterizedType {

    /** Returns the type with its parameters, which may have parameters too. */
    static Type of(JavaType type) {
        return type.containedTypeCount() == 0 ? type.getRawClass() : new Parameterized(type);
    }

    @Override
    public Type[] getActualTypeArguments() {
        return IntStream.range(0, type.containedTypeCount())
                .mapToObj(n -> of(type.containedType(n)))
                .toArray(Type[]::new);
    }

    @Override
    public Type getRawType() {
        return type.getRawClass();
    }

    @Override
    public @Nullable Type getOwnerType() {
        return type.getRawClass().getDeclaringClass();
    }
}
