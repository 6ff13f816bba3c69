// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Annotation that names an {@link LlmTool} component. The plain service property {@value #NAME} has the same effect.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Tool {

    /** Prefix of the service property, before the annotation's name in lower case. */
    String PREFIX_ = "llm.";

    /** Service property: the tool's name. */
    String NAME = "llm.tool";

    /**
     * Returns the name that jobs and models use: 1 to 64 of the characters {@code A-Z a-z 0-9 _ -}. If several tools have the
     * same name, the one with the highest {@code service.ranking} is used.
     */
    String value();
}
