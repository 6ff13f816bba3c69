// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;

/**
 * Generic type of a value, which a class cannot express: {@code new TypeOf<List<Finding>>() {}}. Immutable.
 *
 * @param <T> the type
 */
public abstract class TypeOf<T> {

    private final Type type;

    /**
     * Reads the type from the declaration of the subclass.
     *
     * @throws IllegalArgumentException if the subclass does not state the type
     */
    protected TypeOf() {
        if (getClass().getSuperclass() != TypeOf.class
                || !(getClass().getGenericSuperclass() instanceof ParameterizedType parent)
                || parent.getActualTypeArguments()[0] instanceof TypeVariable) {
            throw new IllegalArgumentException(
                    getClass().getName() + " states no type: write it in full, as in new TypeOf<List<String>>() {}");
        }
        type = parent.getActualTypeArguments()[0];
    }

    /** {@return the type, with its parameters} */
    public final Type type() {
        return type;
    }

    @Override
    public final String toString() {
        return type.getTypeName();
    }
}
