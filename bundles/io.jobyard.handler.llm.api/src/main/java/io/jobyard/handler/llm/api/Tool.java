// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Gives an {@link LlmTool} component its name. The plain service property {@value #NAME} says the same. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Tool {

    /** Put before the annotation's own name, in lower case, to make the service property. */
    String PREFIX_ = "llm.";

    /** Service property: the tool's name. */
    String NAME = "llm.tool";

    /**
     * The name that jobs and models ask for: 1 to 64 of the characters {@code A-Z a-z 0-9 _ -}. Of several tools with
     * one name the highest {@code service.ranking} serves.
     */
    String value();
}
