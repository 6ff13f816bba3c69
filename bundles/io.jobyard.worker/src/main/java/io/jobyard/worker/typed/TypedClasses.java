// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker.typed;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.databind.util.LookupCache;
import com.fasterxml.jackson.datatype.jdk8.Jdk8TypeModifier;

/**
 * Types of the payload and the result of a typed handler, from the generic supertypes of its class.
 *
 * @param payload type of the payload, which is a JSON object
 * @param result type of the result, which is a JSON object or {@link Void}
 */
public record TypedClasses(JavaType payload, JavaType result) {

    private static final int BOTH = 2;

    /**
     * Reads the types.
     *
     * @param handler class of the handler
     * @param contract generic interface of typed handlers, with the payload as its first and the result as its second parameter
     * @throws IllegalArgumentException if the types are unknown or are no JSON objects; the message contains the fix
     */
    public static TypedClasses of(Class<?> handler, Class<?> contract) {
        LookupCache<Object, JavaType> cache = new LRUMap<>(16, 200);
        TypeFactory types = TypeFactory.defaultInstance()
                .withCache(cache) // released with the handler
                .withModifier(new Jdk8TypeModifier());
        JavaType[] parameters = types.findTypeParameters(types.constructType(handler), contract);
        if (parameters.length != BOTH || parameters[0].isJavaLangObject() || parameters[1].isJavaLangObject()) {
            throw new IllegalArgumentException(
                    handler.getName() + " does not name its payload and result: write a class"
                            + " that implements " + contract.getSimpleName()
                            + "<Payload, Result> with two records, not a lambda or a raw type");
        }
        requireObject("payload", parameters[0], contract);
        if (!parameters[1].hasRawClass(Void.class)) {
            requireObject("result", parameters[1], contract);
        }
        return new TypedClasses(parameters[0], parameters[1]);
    }

    private static void requireObject(String what, JavaType type, Class<?> contract) {
        boolean isObject = type.isMapLikeType()
                || !type.isContainerType() && !type.isReferenceType() && !JsonKind.isScalar(type.getRawClass());
        if (!isObject) {
            throw new IllegalArgumentException("the " + what + " of " + contract.getSimpleName() + " is a "
                    + type.getRawClass().getSimpleName() + ", which is not a JSON object: use a record or a map");
        }
    }

    /** Returns whether the result is always empty. */
    public boolean isVoid() {
        return result.hasRawClass(Void.class);
    }
}
