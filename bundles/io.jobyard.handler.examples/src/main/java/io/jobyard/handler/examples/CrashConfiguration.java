// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.examples;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What the example handlers may do. */
@ObjectClassDefinition(name = "Jobyard example handlers", description = "What the example handlers may do.")
@interface CrashConfiguration {

    @AttributeDefinition(name = "allow.crash", description = "Whether a crash job may halt the host's JVM.")
    boolean allow_crash() default false;
}
