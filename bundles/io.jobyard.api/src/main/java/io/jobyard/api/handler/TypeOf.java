// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.stream.Stream;

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
     * @throws IllegalArgumentException if the subclass does not state the type, or the type contains a type variable,
     *     whose value is unknown at run time
     */
    protected TypeOf() {
        if (getClass().getSuperclass() != TypeOf.class
                || !(getClass().getGenericSuperclass() instanceof ParameterizedType parent)
                || hasVariable(parent.getActualTypeArguments()[0])) {
            throw new IllegalArgumentException(
                    getClass().getName() + " states no type: write it in full, as in new TypeOf<List<String>>() {}");
        }
        type = parent.getActualTypeArguments()[0];
    }

    private TypeOf(Class<T> type) {
        this.type = type;
    }

    /** {@return the type of a class, for methods that accept generic types} */
    public static <T> TypeOf<T> of(Class<T> type) {
        return new TypeOf<>(type) {};
    }

    private static boolean hasVariable(Type type) {
        if (type instanceof ParameterizedType generic) {
            return Stream.of(generic.getActualTypeArguments()).anyMatch(TypeOf::hasVariable);
        }
        if (type instanceof GenericArrayType array) {
            return hasVariable(array.getGenericComponentType());
        }
        if (type instanceof WildcardType wildcard) {
            return Stream.of(wildcard.getUpperBounds(), wildcard.getLowerBounds())
                    .flatMap(Stream::of)
                    .anyMatch(TypeOf::hasVariable);
        }
        return type instanceof TypeVariable;
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
