// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a component of a record that is the payload or the result of a {@link TypedJobHandler}. The host copies it to the JSON Schema:
 *
 * <pre>{@code
 * record Order(
 *         @Field(description = "customer number", pattern = "C[0-9]{6}", examples = "C000042") String customer,
 *         @Field(min = 1, max = 100) int count,
 *         @Field(hidden = true) String cardNumber) {}
 * }</pre>
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
public @interface Field {

    /** {@return the description for users and models; may be empty} */
    String description() default "";

    /** {@return the smallest number allowed} */
    double min() default Double.NEGATIVE_INFINITY;

    /** {@return the largest number allowed} */
    double max() default Double.POSITIVE_INFINITY;

    /** {@return the minimum length: characters of a text, elements of a list, or members of a map} */
    int minLength() default 0;

    /** {@return the maximum length: characters of a text, elements of a list, or members of a map} */
    int maxLength() default Integer.MAX_VALUE;

    /** {@return a regular expression that a text must contain, or match in full with {@code ^} and {@code $}; empty for none} */
    String pattern() default "";

    /** {@return example values: texts for a field that is a text, otherwise JSON; may be empty} */
    String[] examples() default {};

    /**
     * Returns whether only the submitter of a job sees the value, like a path in {@code hidden} of {@code io.jobyard.types-NAME}. The rule
     * applies while a host has the handler; use {@code hidden} for a rule that does not depend on a deployed handler.
     *
     * @return true to hide the value
     */
    boolean hidden() default false;
}
