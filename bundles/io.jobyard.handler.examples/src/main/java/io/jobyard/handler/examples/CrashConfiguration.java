// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.examples;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the example handlers. */
@ObjectClassDefinition(name = "Jobyard example handlers", description = "Settings of the example handlers.")
@interface CrashConfiguration {

    @AttributeDefinition(name = "allow.crash", description = "Whether crash jobs may halt the host's JVM.")
    boolean allow_crash() default false;
}
